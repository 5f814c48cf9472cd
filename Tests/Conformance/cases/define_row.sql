select channel, percent(frt > 14400) as slow_share, count(*) filter (frt > 14400) as slow_tickets
from t group by 1 order by 1
