select agent, avg(frt) as frt from t group by 1 order by 2, 1 limit 3
