select month_of(a) as month, count(*) filter (c.started < e and (c.ended is null
  or c.ended >= e)) as active_customers,
  count(*) filter (c.started >= a and c.started < e) as new_customers,
  count(*) filter (c.ended >= a and c.ended < e) as lost_customers
from (select m as a, m + interval 1 month as e
  from (select unnest(generate_series(timestamp '2023-10-01', timestamp '2024-06-01',
  interval 1 month)) as m)), c
group by 1 order by 1
