select * from
  (select percent(score >= 4) as csat from st where kind = 'csat' and frt <= 3600
    and channel is distinct from 'chat'),
  (select count(score) as responses from st
   where frt <= 3600 and channel is distinct from 'chat')
