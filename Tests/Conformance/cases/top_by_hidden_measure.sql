select agent, tickets from
  (select agent, count(*) as tickets from t group by 1)
  left join (select agent as a2, percent(score >= 4) as csat from st where kind = 'csat' group by 1)
  on agent is not distinct from a2
order by csat desc nulls last, agent limit 3
