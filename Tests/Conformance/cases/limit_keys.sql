select agent, count(*) as tickets from t group by 1 order by 1 limit 4
