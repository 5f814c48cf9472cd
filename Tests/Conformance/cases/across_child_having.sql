-- A ticket with surveys of two kinds stands in two columns and is still one ticket of its team.
select team, nullif(count(distinct x.id) filter (kind = 'ces'), 0) as ces,
  nullif(count(distinct x.id) filter (kind = 'csat'), 0) as csat,
  nullif(count(distinct x.id) filter (kind = 'nps'), 0) as nps,
  nullif(count(distinct x.id) filter (kind is null), 0) as "(none)"
from (select t.id, team, kind from t left join s on s.ticket = t.id) x
group by 1 having count(distinct x.id) < 310 order by 1
