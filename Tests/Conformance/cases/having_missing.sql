-- A group without a value does not pass.
select category, replies, count(*) as tickets from t group by 1, 2
having avg(handle_time) > 600 order by 1, 2
