select priority, median(frt) as median_frt,
  (select median(frt) from t o where o.priority is distinct from t.priority) as median_frt_rest,
  median(frt) - (select median(frt) from t o where o.priority is distinct from t.priority)
    as median_frt_change
from t group by priority order by rank_of(priority)
