-- Each column goes along the months of its own channel.
with x as (select month_of(clock) as month, channel, count(*) filter (score >= 4) as good,
    count(score) as n
  from st where kind = 'csat' and channel in ('email', 'chat') and clock >= '2024-01-01'
    and clock < '2024-05-01' group by 1, 2),
  y as (select month, channel, 100 * good / n as p, 100 * sum(good) over w / sum(n) over w as r,
    100 * sum(good) over v / sum(n) over v as l
  from x window w as (partition by channel order by month),
    v as (partition by channel order by month rows between 1 preceding and current row))
select month, max(p) filter (channel = 'chat') as chat,
  max(r) filter (channel = 'chat') as chat_running,
  max(l) filter (channel = 'chat') as chat_rolling, max(p) filter (channel = 'email') as email,
  max(r) filter (channel = 'email') as email_running,
  max(l) filter (channel = 'email') as email_rolling
from y group by 1 order by 1
