select tag, count(*) as tickets from (select unnest(tags) as tag from t)
group by 1 order by 2 desc, 1 limit 2
