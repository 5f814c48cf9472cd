-- Missing is no value, however far apart the values lie.
select team, count(distinct rt) as times,
  count(distinct case when agent is not null and rt is not null then (agent, rt) end) as pairs
from t group by 1 order by 1
