-- Only the month in progress is compared with a part of the month before.
with m as (select unnest(generate_series(timestamp '2024-07-01', timestamp '2024-10-01',
    interval 1 month)) as m)
select month_of(m) as month,
  (select count(score) from s where clock >= m and clock < m + interval 1 month) as responses,
  (select count(score) from s where clock >= m - interval 1 month
    and clock < case when month_of(m) = '2024-10' then timestamp '2024-09-11' else m end)
    as responses_previous
from m order by 1
