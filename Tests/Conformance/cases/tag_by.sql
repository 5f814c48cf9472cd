select tag, count(*) as tickets, avg(frt) as frt
from (select *, unnest(case when len(tags) = 0 then [null] else tags end) as tag from t)
group by 1 order by 1
