select a.n as tickets, b.n as tickets_previous, a.n - b.n as tickets_change from
  (select count(*) as n from t where created >= '2024-06-08' and created < '2024-06-15') a,
  (select count(*) as n from t where created >= '2024-06-01' and created < '2024-06-08') b
