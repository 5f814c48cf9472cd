select team, product, tickets from (
  select team, product, count(*) as tickets,
    row_number() over (partition by team order by count(*) desc, product) as place
  from t where product is not null and created >= '2024-01-01' group by 1, 2)
where place = 1 order by team
