select agent, csat from
  (select agent, percent(score >= 4) as csat from st where kind = 'csat' group by 1)
  join (select agent as a2, count(score) as responses from st group by 1)
  on agent is not distinct from a2
where responses >= 40 order by 1
