select week_of(a) as week, count(t.id) as backlog
from (select m as a, m + interval 7 day as e from (select unnest(generate_series(
    timestamp '2024-02-26', timestamp '2024-03-18', interval 7 day)) as m))
  left join t on local(t.created, 'America/New_York') < e
    and (t.resolved is null or local(t.resolved, 'America/New_York') >= e)
group by 1 order by 1
