select team, count(*) as count from t
where channel is distinct from 'email' and agent is null and priority = 'high'
group by 1 order by 1 desc nulls last
