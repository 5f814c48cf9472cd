select week_of(created) as week, count(*) as tickets from t
where created >= '2023-12-20' and created < '2024-01-11' group by 1 order by 1
