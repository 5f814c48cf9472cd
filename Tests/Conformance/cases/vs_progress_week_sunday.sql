select count(*) filter (where created >= '2024-09-29' and created < '2024-10-06') as tickets,
  count(*) filter (where created >= '2024-09-22' and created < '2024-09-25') as tickets_previous
from t
