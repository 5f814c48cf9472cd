select day, count(id) as tickets from
  (select day_of(d) as day from
    (select unnest(generate_series(timestamp '2024-01-01', timestamp '2024-01-31',
      interval 1 day)) as d))
  left join (select * from t where priority = 'urgent') x on day_of(x.created) = day
group by 1 order by 1
