select count(*) as tickets from t
where first_response >= '2024-02-01' and first_response < '2024-03-01'
