select day, count(id) as tickets from
  (select day_of(d) as day from
    (select unnest(generate_series(timestamp '2024-06-08', timestamp '2024-06-14',
      interval 1 day)) as d))
  left join t on day_of(t.created) = day
group by 1 order by 1
