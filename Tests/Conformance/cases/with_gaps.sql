select week_of(created) as week, count(*) as tickets from t
where created >= '2024-01-01' and created < '2024-02-01' group by 1 order by 1
