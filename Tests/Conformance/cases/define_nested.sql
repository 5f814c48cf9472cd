select channel, percent(case when frt is not null and reopens is not null
  then frt > 14400 or reopens > 0 end) as trouble_rate
from t where priority is not null group by 1 order by 1
