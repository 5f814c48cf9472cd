with x as (
  select month_of(clock) as month, count(*) filter (score >= 4) as good, count(score) as n
  from s where kind = 'csat' group by 1)
select month, 100.0 * good / n as csat,
  100.0 * sum(good) over w / sum(n) over w as csat_rolling
from x where month between '2023-10' and '2024-09'
window w as (order by month rows between 2 preceding and current row) order by 1
