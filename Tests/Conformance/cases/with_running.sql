select month_of(created) as month, count(*) as tickets,
  sum(count(*)) over (order by month_of(created)) as tickets_running
from t group by 1 order by 1
