select team, sum(handle_time) as sum_handle_time, sum(replies) as sum_replies,
  sum(cost) as sum_cost
from t group by 1 order by 1
