select plan, 100.0 * coalesce(tickets, 0) / customers as contact_rate from
  (select plan, count(*) as customers from c where segment in ('small', 'mid')
   and started < '2024-07-01' and (ended is null or ended >= '2024-04-01') group by 1)
  left join (select plan as p2, count(*) as tickets from tc where segment in ('small', 'mid')
    and created >= '2024-04-01' and created < '2024-07-01' group by 1)
  on plan is not distinct from p2
order by 1
