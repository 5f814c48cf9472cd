select tag, channel, count(*) as tickets
from (select *, unnest(case when len(tags) = 0 then [null] else tags end) as tag from t)
where priority = 'urgent' group by 1, 2 order by 1, 2
