select count(score) filter (where clock >= '2024-10-01') as responses,
  count(score) filter (where clock >= '2024-07-01' and clock < '2024-07-16') as responses_previous
from s
