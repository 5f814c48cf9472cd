select month_of(a) as month, count(t.id) as backlog, median(epoch(e - t.created)) as backlog_age
from (select m as a, m + interval 1 month as e
  from (select unnest(generate_series(timestamp '2023-11-01', timestamp '2024-08-01',
  interval 1 month)) as m))
  left join t on t.created < e and (t.resolved is null or t.resolved >= e)
group by 1 order by 1
