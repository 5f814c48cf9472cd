select channel, sum(round(cost)) as whole, avg(abs(cost - 12.5)) as off from t group by 1 order by 1
