select category, replies, count(*) as tickets from t group by 1, 2
having not coalesce(avg(handle_time) > 600, false) order by 1, 2
