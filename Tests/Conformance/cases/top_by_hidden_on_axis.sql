-- Days without an answer about effort have answers of other kinds.
with d as (select unnest(generate_series(timestamp '2024-03-01', timestamp '2024-03-20',
    interval 1 day)) as d)
select day_of(d) as day,
  (select avg(score) from s where kind = 'ces' and date_trunc('day', clock) = d) as ces
from d order by (select count(score) from s where date_trunc('day', clock) = d) desc, d limit 4
