select id, created, first_response, resolved from t
where priority = 'urgent' and created >= '2024-03-01' and created < '2024-03-11' order by id
