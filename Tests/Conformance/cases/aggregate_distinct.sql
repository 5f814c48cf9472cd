select channel, count(distinct agent) as distinct_agent,
  count(distinct customer) as distinct_customer, count(distinct product) as distinct_product
from t group by 1 order by 1
