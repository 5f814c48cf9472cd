select channel, avg(cost) as cost_per_contact from t group by 1 order by 1
