select product, tickets from
  (select product, count(*) as tickets from t group by 1)
  left join (select product as p2, percent(score >= 4) as csat from st
    where kind = 'csat' group by 1)
    on product is not distinct from p2
  left join (select product as p3, nps_of(score) as nps from st where kind = 'nps' group by 1)
    on product is not distinct from p3
where csat >= 55 or nps > 0 order by 1
