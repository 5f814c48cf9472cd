select product, tickets, csat from
  (select product, count(*) as tickets from t group by 1)
  left join (select product as p2, percent(score >= 4) as csat from st
    where kind = 'csat' group by 1)
  on product is not distinct from p2
order by tickets desc, product limit 3
