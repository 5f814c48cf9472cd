select plan,
  100.0 * count(*) filter (ended >= '2024-01-01' and ended < '2024-04-01')
    / nullif(count(*) filter (started < '2024-01-01'
        and (ended is null or ended >= '2024-01-01')), 0) as churn
from c group by 1 order by 1
