select team, percent(case when resolved is not null then replies = 1 end) as single_reply_rate
from t group by 1 order by 1
