select * from
  (select count(*) as tickets from t where created >= '2024-03-15 10:00:00'
    and created < '2024-03-15 11:00:00'),
  (select count(score) as responses from s where clock >= '2024-03-15 10:00:00'
    and clock < '2024-03-15 11:00:00')
