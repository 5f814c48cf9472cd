select replies, avg(handle_time) as aht from t group by 1 order by 2 desc nulls last, 1
