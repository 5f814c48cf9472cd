select priority, 100.0 * count(*) filter (rt <= 259200) / count(*) as "resolution_time within 3d"
from t group by 1 order by rank_of(priority)
