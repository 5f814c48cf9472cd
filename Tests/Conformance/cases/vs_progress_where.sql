select kind, count(score) filter (where clock >= '2024-10-01' and clock < '2024-11-01') as responses,
  count(score) filter (where clock >= '2024-09-01' and clock < '2024-09-11') as responses_previous
from s where clock >= '2024-10-01' and clock < '2024-11-01'
  or clock >= '2024-09-01' and clock < '2024-09-11' group by 1 order by 1
