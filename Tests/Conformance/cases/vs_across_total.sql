with x as (select team, channel, priority, score from st
  where kind = 'csat' and channel in ('email', 'chat')),
  y as (select distinct team, 1 as part from x union all select '(total)', 2)
select y.team,
  (select percent(score >= 4) from x where channel = 'chat'
    and (part = 2 or x.team is not distinct from y.team)) as chat,
  (select percent(score >= 4) from x where channel = 'chat' and priority = 'high'
    and (part = 2 or x.team is not distinct from y.team)) as chat_where,
  (select percent(score >= 4) from x where channel = 'email'
    and (part = 2 or x.team is not distinct from y.team)) as email,
  (select percent(score >= 4) from x where channel = 'email' and priority = 'high'
    and (part = 2 or x.team is not distinct from y.team)) as email_where
from y order by part, y.team nulls last
