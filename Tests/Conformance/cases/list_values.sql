select id, escalated, cost, handle_time, rt as resolution_time from t where replies = 5
order by id limit 20
