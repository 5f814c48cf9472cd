-- A Wednesday: three days of the week have come, and there are rows of the first.
with w as (select unnest(generate_series(timestamp '2024-09-16', timestamp '2024-09-30',
    interval 7 day)) as w)
select week_of(w) as week,
  (select count(*) from t where created >= w and created < w + interval 7 day) as tickets,
  (select count(*) from t where created >= w - interval 7 day
    and created < case when w = '2024-09-30' then timestamp '2024-09-26' else w end)
    as tickets_previous
from w order by 1
