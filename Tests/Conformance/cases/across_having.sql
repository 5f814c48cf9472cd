-- The columns are those of the measure that is shown, not of the one that filters.
select team, avg(score) filter (product = 'Chair') as Chair,
  avg(score) filter (product = 'Desk') as Desk, avg(score) filter (product = 'Zubehör') as Zubehör,
  avg(score) filter (product = 'Ärmel') as Ärmel, avg(score) filter (product is null) as "(none)"
from st x where kind = 'ces' and channel = 'social media'
  and (select count(score) from st y where channel = 'social media'
    and y.team is not distinct from x.team) >= 2
group by 1 order by 1
