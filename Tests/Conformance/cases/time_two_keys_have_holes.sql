-- With a second key nothing is filled in.
select day_of(created) as day, channel, count(*) as tickets from t
where priority = 'urgent' and created >= '2024-03-01' and created < '2024-03-08'
group by 1, 2 order by 1, 2
