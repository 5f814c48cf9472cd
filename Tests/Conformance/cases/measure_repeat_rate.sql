with r as (
  select *, created - lag(created) over (partition by customer order by created)
    <= interval 7 day as is_repeat
  from t)
select channel,
  percent(case when customer is not null then coalesce(is_repeat, false) end) as repeat_rate
from r group by 1 order by 1
