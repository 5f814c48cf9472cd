select product, avg(cost) as avg_cost, stddev_samp(cost) as stddev_cost,
  var_samp(cost) as variance_cost, min(cost) as min_cost, max(cost) as max_cost
from t group by 1 order by 1
