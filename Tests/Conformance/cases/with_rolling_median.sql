with m as (select distinct month_of(created) as month, date_trunc('month', created) as a from t)
select month, (select median(frt) from t where month_of(created) = m.month) as median_frt,
  (select median(frt) from t
   where created >= m.a - interval 2 month and created < m.a + interval 1 month)
    as median_frt_rolling
from m order by 1
