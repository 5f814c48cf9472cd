select n.k as channel, n.v as csat, o.v as csat_previous, n.v - o.v as csat_change
from (select channel as k, percent(score >= 4) as v from st where kind = 'csat'
  and month_of(clock) = '2024-03' group by 1) n
  full join (select channel as k, percent(score >= 4) as v from st where kind = 'csat'
  and month_of(clock) = '2024-02' group by 1) o on n.k is not distinct from o.k
order by 1
