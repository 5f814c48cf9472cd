select slow, tickets, csat from
  (select coalesce(frt > 14400, false) as slow, count(*) as tickets from t group by 1)
  full join (select coalesce(frt > 14400, false) as s2, percent(score >= 4) as csat from st
    where kind = 'csat' group by 1)
  on slow = s2
order by 1
