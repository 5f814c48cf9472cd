select sum(reply_time * replies) / sum(replies) filter (reply_time is not null) as art from t
