select hour, count(id) as tickets from
  (select hour_of(h) as hour from (select unnest(generate_series(
    timestamp '2024-03-15', timestamp '2024-03-15 23:00', interval 1 hour)) as h))
  left join t on hour_of(t.created) = hour
group by 1 order by 1
