select channel, priority, count(*) as tickets, avg(frt) as frt
from t group by 1, 2 order by 1, rank_of(priority)
