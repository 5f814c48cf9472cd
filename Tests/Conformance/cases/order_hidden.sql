select channel, tickets from
  (select channel, count(*) as tickets from t group by 1)
  left join (select channel as c2, percent(score >= 4) as csat from st
    where kind = 'csat' group by 1)
  on channel is not distinct from c2
order by csat desc nulls last, channel
