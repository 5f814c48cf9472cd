select agent, count(*) as tickets, avg(frt) as frt from t group by 1 order by 3 desc, 1 limit 3
