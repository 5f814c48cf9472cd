select plan, count(*) as tickets, avg(frt) as frt from tc group by 1 order by 1
