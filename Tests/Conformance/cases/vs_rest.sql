with x as (
  select channel, count(*) filter (score >= 4) as good, count(score) as n
  from st where kind = 'csat' group by 1), y as (select sum(good) as good, sum(n) as n from x)
select channel, 100.0 * x.good / x.n as csat,
  100.0 * (y.good - x.good) / (y.n - x.n) as csat_rest,
  100.0 * x.good / x.n - 100.0 * (y.good - x.good) / (y.n - x.n) as csat_change
from x, y order by 1
