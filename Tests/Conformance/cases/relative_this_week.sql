select count(*) as tickets from t where created >= '2024-06-10' and created < '2024-06-17'
