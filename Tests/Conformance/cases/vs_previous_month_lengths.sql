-- All 31 days of March and all 29 of February: no day is lost or doubled.
select count(*) filter (where created >= '2024-03-01' and created < '2024-04-01') as tickets,
  count(*) filter (where created >= '2024-02-01' and created < '2024-03-01') as tickets_previous
from t
