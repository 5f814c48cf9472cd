select week_of(created) as week, count(*) as tickets from t
where created >= '2023-12-18' and created < '2024-01-15' group by 1 order by 1
