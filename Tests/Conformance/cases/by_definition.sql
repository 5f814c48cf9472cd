select case when replies > 2 then 'long' when replies = 1 then 'single' else 'some' end as size,
  count(*) as tickets, avg(handle_time) as aht
from t group by 1 order by 1
