select corr(cost, handle_time) as link, corr(replies, contacts) as turns from t
