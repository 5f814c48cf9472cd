select hour(local(created, 'Europe/Berlin')) as hour_of_day, count(*) as tickets from t
  group by 1 order by 1
