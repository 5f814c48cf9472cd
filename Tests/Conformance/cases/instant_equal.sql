select count(*) as tickets from t where created >= '2024-03-01' and created < '2024-04-01'
