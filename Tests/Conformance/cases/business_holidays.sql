with worked as (
  select id, sum(greatest(0, epoch(least(first_response, d + interval 17 hour))
    - epoch(greatest(created, d + interval 9 hour)))) as seconds
  from (select *, unnest(generate_series(date_trunc('day', created), first_response,
          interval 1 day)) as d
            from (select id, channel, local(created, 'Europe/Berlin') as created,
            local(first_response, 'Europe/Berlin') as first_response from t)
              where first_response is not null)
  where isodow(d) <= 5
    and d not in ('2023-12-25', '2023-12-26', '2024-01-01') group by id)
select channel, avg(coalesce(seconds, 0)) as business_frt
from (select id, channel from t where first_response is not null)
  left join worked using (id)
group by 1 order by 1
