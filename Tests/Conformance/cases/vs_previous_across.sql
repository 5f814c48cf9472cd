select channel, n2 as "2024-02", n1 as "2024-02_previous", n3 as "2024-03",
  n2 as "2024-03_previous"
from (select channel, count(*) filter (where month_of(created) = '2024-01') as n1,
    count(*) filter (where month_of(created) = '2024-02') as n2,
    count(*) filter (where month_of(created) = '2024-03') as n3 from t group by 1)
where n1 + n2 + n3 > 0 order by channel nulls last
