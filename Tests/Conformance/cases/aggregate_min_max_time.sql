select channel, min(created) as min_created, max(resolved) as max_resolved
from t group by 1 order by 1
