select team, avg(handle_time) as aht from t group by 1 order by 1
