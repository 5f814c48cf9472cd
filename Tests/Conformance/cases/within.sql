select channel, 100.0 * count(*) filter (frt <= 3600) / count(*) as fast
from t group by 1 order by 1
