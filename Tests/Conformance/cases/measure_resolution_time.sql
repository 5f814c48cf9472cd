select channel, avg(rt) as resolution_time, median(rt) as median_resolution_time
from t group by 1 order by 1
