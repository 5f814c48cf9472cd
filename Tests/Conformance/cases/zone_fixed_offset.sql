select day_of(created + interval 345 minute) as day, count(*) as tickets from t
where created + interval 345 minute >= '2024-02-28'
  and created + interval 345 minute < '2024-03-03'
group by 1 order by 1
