select count(*) as tickets from t where created >= '2024-03-15 10:30:00'
