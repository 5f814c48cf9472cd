with x as (
  select *, unnest(case when len(coalesce(tags, [])) = 0 then [null] else tags end) as tag
  from st)
select tag, csat, responses from
  (select tag, percent(score >= 4) as csat from x where kind = 'csat' group by 1)
  full join (select tag as t2, count(score) as responses from x group by 1)
  on tag is not distinct from t2
order by 1
