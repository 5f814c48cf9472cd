select team, avg(case when escalated then cost else 0 end) as cost_of_escalation
from t group by 1 order by 1
