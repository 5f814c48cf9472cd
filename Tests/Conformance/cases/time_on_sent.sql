select quarter_of(sent) as quarter, count(score) as responses,
  100.0 * count(score) / count(*) as response_rate
from s group by 1 order by 1
