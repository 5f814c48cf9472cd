with x as (select month_of(created) as month, count(*) as n from t group by 1)
select month, n as tickets, before as tickets_previous, n - before as tickets_change
from (select *, lag(n) over (order by month) as before from x)
where month between '2024-01' and '2024-06' order by 1
