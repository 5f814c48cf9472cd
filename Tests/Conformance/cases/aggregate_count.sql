select channel, count(cost) as count_cost, count(agent) as count_agent,
  count(priority) as count_priority
from t group by 1 order by 1
