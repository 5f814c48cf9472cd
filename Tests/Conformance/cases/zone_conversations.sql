select channel, count(agent) / count(distinct agent || day_of(local(created, 'Europe/Berlin')))
  as conversations_per_day
from t group by 1 order by 1
