with x as (
  select agent, count(*) filter (score >= 4) as good, count(score) as n from st where kind = 'csat'
  group by 1), y as (select *, good / n as p, 1.959963984540054 as z from x)
select agent, 100 * p as csat from y
order by (p + z * z / (2 * n) - z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)
  desc, agent limit 5
