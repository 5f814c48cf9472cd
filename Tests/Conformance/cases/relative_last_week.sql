select count(*) as tickets from t where created >= '2024-06-03' and created < '2024-06-10'
