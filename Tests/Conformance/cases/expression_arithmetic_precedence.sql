select sum(replies) + sum(contacts) * 2 - 3 as a, (sum(replies) + sum(contacts)) / 2 as b from t
