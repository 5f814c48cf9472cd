select count(*) as tickets from t where created >= '2024-05-27' and created < '2024-06-10'
