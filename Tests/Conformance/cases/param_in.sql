select month_of(created) as month, count(*) as tickets from t
where created >= '2024-04-01' and created < '2024-07-01' group by 1 order by 1
