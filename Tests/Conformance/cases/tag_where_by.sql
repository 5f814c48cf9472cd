-- The filter takes tickets, the grouping then shows every tag they have.
select tag, count(*) as tickets
from (select unnest(tags) as tag from t where list_contains(tags, 'refund'))
group by 1 order by 1
