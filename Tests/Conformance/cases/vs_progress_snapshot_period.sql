select count(*) filter (where started < '2024-10-01' and (ended is null or ended >= '2024-10-01'))
    as active_customers,
  count(*) filter (where started < '2024-08-21' and (ended is null or ended >= '2024-08-21'))
    as active_customers_previous,
  count(*) filter (where started >= '2024-09-01' and started < '2024-10-01') as new_customers,
  count(*) filter (where started >= '2024-08-01' and started < '2024-08-21')
    as new_customers_previous from c
