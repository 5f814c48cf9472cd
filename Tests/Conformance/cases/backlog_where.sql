select month_of(a) as month, count(t.id) as backlog
from (select m as a, m + interval 1 month as e
  from (select unnest(generate_series(timestamp '2024-01-01', timestamp '2024-03-01',
  interval 1 month)) as m))
  left join t on t.created < e and (t.resolved is null or t.resolved >= e) and priority = 'urgent'
group by 1 order by 1
