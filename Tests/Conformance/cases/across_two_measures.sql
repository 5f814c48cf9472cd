select team, count(*) filter (not escalated) as "false tickets",
  avg(frt) filter (not escalated) as "false frt",
  count(*) filter (escalated) as "true tickets", avg(frt) filter (escalated) as "true frt",
  count(*) filter (escalated is null) as "(none) tickets",
  avg(frt) filter (escalated is null) as "(none) frt"
from t group by 1 order by 1
