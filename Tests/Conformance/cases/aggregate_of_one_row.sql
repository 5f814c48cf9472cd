select null as stddev_cost, null as variance_cost, median(cost) as median_cost,
  avg(cost) as avg_cost
from t where id = 2
