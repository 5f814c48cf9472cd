select count(*) as tickets from t where created >= '2024-02-01' and created < '2024-05-01'
