with k as (select product, count(*) as n from t group by 1 order by 2 desc, 1 limit 3)
select * from (
  select product, tickets, csat from
    (select product, count(*) as tickets from t group by 1)
    left join (select product as p2, percent(score >= 4) as csat from st
      where kind = 'csat' group by 1)
    on product is not distinct from p2
  order by tickets desc, product limit 3)
union all
select '(other)',
  (select count(*) from t
   where not exists (select 1 from k where k.product is not distinct from t.product)),
  (select percent(score >= 4) from st where kind = 'csat'
   and not exists (select 1 from k where k.product is not distinct from st.product))
