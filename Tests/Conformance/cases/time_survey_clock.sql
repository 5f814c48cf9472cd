-- Answers by the time of the answer; what was not answered by its ticket's.
select month_of(clock) as month, count(score) as responses,
  100.0 * count(score) / count(*) as response_rate
from s group by 1 order by 1
