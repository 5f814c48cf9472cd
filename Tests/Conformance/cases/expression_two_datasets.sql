select channel, tickets, responses, responses / tickets as heard from
  (select channel, count(*) as tickets from t group by 1)
  full join (select channel as c2, count(score) as responses from st group by 1)
  on channel is not distinct from c2
order by channel
