select paying, tickets, csat from
  (select coalesce(mrr > 0, false) as paying, count(*) as tickets from tc group by 1)
  join (select coalesce(mrr > 0, false) as p2, percent(score >= 4) as csat from st
    where kind = 'csat' group by 1)
  on paying = p2
order by 1
