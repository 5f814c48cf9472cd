select team, percent(case when resolved is not null then reopens > 0 end) - percent(escalated)
  as gap
from t group by 1 order by 1
