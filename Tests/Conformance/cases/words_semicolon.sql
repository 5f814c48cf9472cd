select count(*) as tickets from t
where frt > 14400 and created >= '2024-05-01' and created < '2024-06-01'
