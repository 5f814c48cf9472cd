select agent, count(*) as tickets from t group by 1 order by 2 desc, 1 limit 3 offset 2
