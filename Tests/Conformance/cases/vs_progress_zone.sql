with x as (select local(created, 'Asia/Tokyo') as created from t)
select count(*) filter (where month_of(created) = '2024-10') as tickets,
  count(*) filter (where created >= '2024-09-01' and created < '2024-09-03') as tickets_previous from x
