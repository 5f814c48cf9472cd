with x as (
  select month_of(clock) as month, count(*) filter (score >= 4) as good, count(score) as n
  from s where kind = 'csat' group by 1)
select 100.0 * a.good / a.n as csat, 100.0 * b.good / b.n as csat_previous,
  100.0 * a.good / a.n - 100.0 * b.good / b.n as csat_change,
  p_of_shares(a.good, a.n, b.good, b.n) as csat_p
from x a, x b where a.month = '2024-03' and b.month = '2024-02'
