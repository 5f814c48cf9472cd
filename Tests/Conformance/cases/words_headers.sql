select avg(handle_time) as a from t
where month_of(created) = '2024-03' and customer is not null
