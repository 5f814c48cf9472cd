select count(*) as tickets from t where created >= '2024-05-01' and created < '2024-06-01'
