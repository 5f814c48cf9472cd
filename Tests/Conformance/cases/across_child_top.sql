select agent, count(distinct x.id) filter (kind = 'ces') as ces,
  count(distinct x.id) filter (kind = 'csat') as csat,
  count(distinct x.id) filter (kind = 'nps') as nps,
  count(distinct x.id) filter (kind is null) as "(none)"
from (select t.id, agent, kind from t left join s on s.ticket = t.id) x
group by 1 order by count(distinct x.id) desc, agent limit 6
