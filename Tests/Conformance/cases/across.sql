select month_of(created) as month, count(*) filter (channel = 'chat') as chat,
  count(*) filter (channel = 'email') as email,
  count(*) filter (channel = 'live-chat') as "live-chat",
  count(*) filter (channel = 'phone') as phone,
  count(*) filter (channel = 'social media') as "social media",
  count(*) filter (channel is null) as "(none)"
from t where created >= '2024-01-01' and created < '2024-04-01' group by 1 order by 1
