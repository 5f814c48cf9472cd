select team, count(agent) / count(distinct agent) as tickets_per_agent
from t group by 1 order by 1
