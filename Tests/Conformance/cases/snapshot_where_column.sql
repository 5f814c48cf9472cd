-- A condition on a named column filters; only `month = 2024-03` is a snapshot's period.
select quarter_of(a) as quarter, count(*) filter (started < a + interval 3 month
    and (ended is null or ended >= a + interval 3 month)) as active_customers,
  count(*) filter (started >= a and started < a + interval 3 month) as new_customers
from (select unnest(generate_series(timestamp '2024-01-01', timestamp '2024-07-01',
    interval 3 month)) as a), c
where started >= '2023-10-01' and started < '2024-01-01'
group by a order by a
