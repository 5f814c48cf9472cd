select channel, count(*) as tickets, 100.0 * count(*) / sum(count(*)) over () as tickets_share,
  sum(cost) as sum_cost, 100.0 * sum(cost) / sum(sum(cost)) over () as sum_cost_share
from t group by 1 order by 1
