select channel,
  sum(reply_time * replies)
    / nullif(sum(case when reply_time is not null then replies end), 0) as reply_time_avg
from t group by 1 order by 1
