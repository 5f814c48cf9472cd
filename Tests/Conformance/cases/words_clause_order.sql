select channel, count(*) as tickets from t where cost > 5 and created >= '2024-01-01'
group by 1 order by 2 desc, 1 limit 3
