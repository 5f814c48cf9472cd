select channel, count(*) as tickets, avg(frt) as frt from t where priority = 'high'
group by 1 order by 1
