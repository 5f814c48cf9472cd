select count(*) as tickets from t where created >= '2024-04-01' and created < '2024-07-01'
