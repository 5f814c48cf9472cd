select month_of(a) as month,
  100.0 * count(*) filter (c.ended >= a and c.ended < e)
    / count(*) filter (c.started < a and (c.ended is null or c.ended >= a)) as churn,
  100.0 * count(*) filter (c.started < a and (c.ended is null or c.ended >= e))
    / count(*) filter (c.started < a and (c.ended is null or c.ended >= a)) as retention
from (select m as a, m + interval 1 month as e
  from (select unnest(generate_series(timestamp '2023-10-01', timestamp '2024-06-01',
  interval 1 month)) as m)), c
group by 1 order by 1
