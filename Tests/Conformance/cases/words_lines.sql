select channel, tickets, frt, csat from
  (select channel, count(*) as tickets, avg(frt) as frt from t
   where priority in ('high', 'urgent') group by 1)
  left join (select channel as c2, percent(score >= 4) as csat from st
    where kind = 'csat' and priority in ('high', 'urgent') group by 1)
  on channel is not distinct from c2
order by tickets desc, channel
