select channel, avg(cost * 2 + replies) as load, sum(cost - 1) as less from t group by 1 order by 1
