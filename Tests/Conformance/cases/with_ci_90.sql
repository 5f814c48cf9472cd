with x as (select team, count(resolved) as good, count(*) as n from t
  group by 1), y as (select *, good / n as p, 1.6448536269514722 as z from x)
select team, 100 * p as resolution_rate,
  100 * (p + z * z / (2 * n) - z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)
    as resolution_rate_low,
  100 * (p + z * z / (2 * n) + z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)
    as resolution_rate_high, n as resolution_rate_n
from y order by 1
