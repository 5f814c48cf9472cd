-- A ticket with several tags counts once in the total.
with x as (select unnest(case when len(tags) = 0 then [null] else tags end) as tag, priority from t
  where priority in ('high', 'urgent'))
select * from (select tag, count(*) filter (priority = 'high') as high,
    count(*) filter (priority = 'urgent') as urgent from x group by 1 order by 1 nulls last)
union all select '(total)', count(*) filter (priority = 'high'),
  count(*) filter (priority = 'urgent') from t
