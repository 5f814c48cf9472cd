select count(*) as tickets, avg(replies + contacts) as avg_chatty from t
where replies + contacts >= 5
