select median(frt) filter (priority in ('high', 'urgent')) as fast_lane,
  sum(cost) filter (escalated) as dear
from t
