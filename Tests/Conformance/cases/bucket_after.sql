select count(*) as tickets from t where created >= '2024-07-01'
