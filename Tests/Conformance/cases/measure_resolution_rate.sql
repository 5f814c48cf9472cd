select priority, 100.0 * count(resolved) / count(*) as resolution_rate
from t group by 1 order by rank_of(priority)
