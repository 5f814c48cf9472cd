select month_of(created) as month,
  count(agent) / count(distinct agent || day_of(created)) as conversations_per_day
from t where created >= '2024-01-01' and created < '2024-04-01' group by 1 order by 1
