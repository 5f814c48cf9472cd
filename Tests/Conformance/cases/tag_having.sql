select tag, count(*) as tickets
from (select unnest(case when len(tags) = 0 then [null] else tags end) as tag from t)
group by 1 having count(*) > 280 order by 1
