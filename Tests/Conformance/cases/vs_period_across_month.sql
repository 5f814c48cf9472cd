select channel, count(*) filter (month_of(created) = '2024-02') as "2024-02",
  count(*) filter (month_of(created) = '2024-01') as "2024-02_2024_01",
  count(*) filter (month_of(created) = '2024-03') as "2024-03",
  count(*) filter (month_of(created) = '2024-01') as "2024-03_2024_01"
from t where created >= '2024-01-01' and created < '2024-04-01' group by 1 order by 1 nulls last
