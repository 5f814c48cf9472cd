with r as (
  select *, created - lag(created) over (partition by customer order by created)
    <= interval 7 day as is_repeat
  from t)
-- The ticket before may have come by any channel.
select percent(case when customer is not null then coalesce(is_repeat, false) end)
  as repeat_rate
from r where channel = 'phone'
