select channel, percent(score >= 4) as csat, 78 as csat_benchmark,
  percent(score >= 4) - 78 as csat_change
from st where kind = 'csat' group by 1 order by 1
