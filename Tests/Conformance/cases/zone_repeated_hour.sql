-- The hour from two to three came twice: one bucket.
select hour, count(id) as tickets from
  (select hour_of(h) as hour from (select unnest(generate_series(
    timestamp '2023-10-29', timestamp '2023-10-29 23:00', interval 1 hour)) as h))
  left join t on hour_of(local(created, 'Europe/Berlin')) = hour
group by 1 order by 1
