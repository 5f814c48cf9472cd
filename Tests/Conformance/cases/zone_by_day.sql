select day_of(local(created, 'America/New_York')) as day, count(*) as tickets from t
where local(created, 'America/New_York') >= '2024-03-08'
  and local(created, 'America/New_York') < '2024-03-13'
group by 1 order by 1
