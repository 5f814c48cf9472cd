-- A week carries the number of the Monday in it.
select week_of(created + interval 1 day) as week, count(*) as tickets from t
where created >= '2023-12-24' and created < '2024-01-14' group by 1 order by 1
