with x as (select team, count(*) filter (priority = 'low') as low,
    count(*) filter (priority = 'normal') as normal, count(*) filter (priority = 'high') as high,
    count(*) filter (priority = 'urgent') as urgent, count(*) filter (priority is null) as none
  from t group by 1),
  y as (select team, low, rank() over (order by low desc) as low_rank, normal,
    rank() over (order by normal desc) as normal_rank, high,
    rank() over (order by high desc) as high_rank, urgent,
    rank() over (order by urgent desc) as urgent_rank, none as "(none)",
    rank() over (order by none desc) as "(none)_rank" from x order by team nulls last)
select * from y
union all select '(total)', sum(low), null, sum(normal), null, sum(high), null, sum(urgent), null,
  sum(none), null from x
