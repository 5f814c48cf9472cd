select * from
  (select count(*) as tickets from t where created >= '2023-12-25' and created < '2024-01-08'),
  (select count(score) as responses from s where clock >= '2023-12-25' and clock < '2024-01-08')
