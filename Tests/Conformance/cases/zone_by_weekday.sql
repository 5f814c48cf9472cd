select dayname(local(created, 'Asia/Kathmandu')) as weekday, count(*) as tickets from t
group by weekday, isodow(local(created, 'Asia/Kathmandu')) order by isodow(local(created,
  'Asia/Kathmandu'))
