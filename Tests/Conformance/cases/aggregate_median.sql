select channel, median(frt) as median_frt, median(handle_time) as median_aht,
  median(cost) as median_cost, median(replies) as median_replies
from t group by 1 order by 1
