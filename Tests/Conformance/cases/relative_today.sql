select count(*) as tickets from t where created >= '2024-06-14' and created < '2024-06-15'
