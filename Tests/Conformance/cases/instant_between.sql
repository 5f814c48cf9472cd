-- Both ends, the whole of the second.
select count(*) as tickets from t where created >= '2024-02-01' and created < '2024-03-16'
