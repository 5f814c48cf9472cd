select month_of(resolved) as "month(resolved)", count(*) as tickets from t
where created >= '2024-03-01' and created < '2024-04-01' group by 1 order by 1
