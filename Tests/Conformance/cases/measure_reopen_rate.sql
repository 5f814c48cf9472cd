select product, percent(case when resolved is not null then reopens > 0 end) as reopen_rate
from t group by 1 order by 1
