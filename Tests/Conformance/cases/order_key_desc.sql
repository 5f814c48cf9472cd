select channel, count(*) as tickets from t group by 1 order by 1 desc nulls last
