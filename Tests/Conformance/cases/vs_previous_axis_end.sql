-- The last days have no ticket; the day before the first of them has.
with d as (select unnest(generate_series(timestamp '2024-01-17', timestamp '2024-01-23',
    interval 1 day)) as d),
  x as (select d, count(id) as n, avg(handle_time) as aht
    from d left join t on date_trunc('day', created) = d group by 1),
  y as (select *, lag(n) over w as n0, lag(aht) over w as aht0 from x window w as (order by d))
select day_of(d) as day, n as tickets, n0 as tickets_previous, n - n0 as tickets_change,
  aht, aht0 as aht_previous, aht - aht0 as aht_change
from y where d >= '2024-01-18' order by d
