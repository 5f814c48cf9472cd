-- For the month in progress: what was there after 20 August, and happened up to then.
with b as (select * from (values ('2024-08', date '2024-08-01', date '2024-09-01',
    date '2024-07-01', date '2024-08-01'), ('2024-09', date '2024-09-01', date '2024-10-01',
    date '2024-08-01', date '2024-08-21')) b(month, a, e, a0, e0)),
  x as (select month,
    count(*) filter (where started < e and (ended is null or ended >= e)) as active,
    count(*) filter (where started < a and (ended is null or ended >= a)) as began,
    count(*) filter (where started >= a and started < e) as new,
    count(*) filter (where ended >= a and ended < e) as lost,
    count(*) filter (where started < e0 and (ended is null or ended >= e0)) as active0,
    count(*) filter (where started < a0 and (ended is null or ended >= a0)) as began0,
    count(*) filter (where started >= a0 and started < e0) as new0,
    count(*) filter (where ended >= a0 and ended < e0) as lost0
  from b, c group by 1)
select month, active as active_customers, active0 as active_customers_previous,
  new as new_customers, new0 as new_customers_previous, lost as lost_customers,
  lost0 as lost_customers_previous, 100.0 * lost / began as churn,
  100.0 * lost0 / began0 as churn_previous from x order by 1
