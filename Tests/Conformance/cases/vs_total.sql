select channel, avg(frt) as frt, (select avg(frt) from t) as frt_total,
  avg(frt) - (select avg(frt) from t) as frt_change
from t group by 1 order by 1
