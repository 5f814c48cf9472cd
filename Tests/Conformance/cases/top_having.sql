select agent, count(*) as tickets, avg(frt) as frt from t group by 1
having avg(frt) < 7200 order by 2 desc, 1 limit 3
