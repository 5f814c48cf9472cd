select channel, count(*) as backlog from t
where created < '2024-04-01' and (resolved is null or resolved >= '2024-04-01')
group by 1 order by 1
