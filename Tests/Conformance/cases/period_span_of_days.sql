select * from
  (select count(*) as tickets from t where created >= '2024-02-28' and created < '2024-03-02'),
  (select count(score) as responses from s where clock >= '2024-02-28' and clock < '2024-03-02')
