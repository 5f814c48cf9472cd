select channel, count(*) as tickets, count(*) filter (reopens > 0) as again
from t where priority is distinct from 'low' group by 1 order by 1
