-- Tickets of the month for each 100 customers who were there at any time in it.
select month_of(a) as month,
  100.0 * (select count(*) from t where created >= a and created < a + interval 1 month)
    / (select count(*) from c where started < a + interval 1 month
       and (ended is null or ended >= a)) as contact_rate
from (select unnest(generate_series(timestamp '2024-01-01', timestamp '2024-06-01',
    interval 1 month)) as a)
order by a
