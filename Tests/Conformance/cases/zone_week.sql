select week_of(local(created, 'America/New_York')) as week, count(*) as tickets from t
where local(created, 'America/New_York') >= '2023-12-25'
  and local(created, 'America/New_York') < '2024-01-08'
group by 1 order by 1
