select channel, avg(frt) filter (frt > 3600) as slow_frt, avg(rt) filter (frt <= 300) as quick
from t group by 1 order by 1
