select channel, sum(cost) / sum(replies) as per_reply from t group by 1 order by 1
