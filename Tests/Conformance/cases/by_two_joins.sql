select plan, csat, responses from
  (select plan, percent(score >= 4) as csat from st where kind = 'csat' group by 1)
  full join (select plan as p2, count(score) as responses from st group by 1)
  on plan is not distinct from p2
order by 1
