select avg(coalesce(replies, 0)) as replies_or_none, avg(replies) as avg_replies from t
