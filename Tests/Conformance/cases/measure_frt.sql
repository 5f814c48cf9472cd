select channel, avg(frt) as frt from t group by 1 order by 1
