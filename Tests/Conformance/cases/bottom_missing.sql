select replies, avg(handle_time) as aht from t group by 1 order by 2 nulls last, 1 limit 3
