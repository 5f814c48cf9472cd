select day, count(id) as tickets, avg(cost) as cost_per_contact from
  (select day_of(d) as day from
    (select unnest(generate_series(timestamp '2024-02-01', timestamp '2024-02-29',
      interval 1 day)) as d))
  left join (select * from t where product = 'Lamp') x on day_of(x.created) = day
group by 1 order by 1
