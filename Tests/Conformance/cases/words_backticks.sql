select channel, avg(cost) as price from t group by 1 order by 1
