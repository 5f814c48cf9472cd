select team, percent(score >= 4) as csat, 85 as csat_goal, percent(score >= 4) - 85 as csat_change
from st where kind = 'csat' group by 1 order by 1
