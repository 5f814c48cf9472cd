select * from
  (select count(*) as tickets from t where created >= '2024-03-01' and created < '2024-04-01'),
  (select count(score) as responses from s where clock >= '2024-03-01' and clock < '2024-04-01')
