select channel, percent(escalated) as escalation_rate,
  100.0 * count(resolved) / count(*) as resolution_rate
from t group by 1 having 100.0 * count(resolved) / count(*) > 80 order by 1
