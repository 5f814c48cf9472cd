-- Nothing came in 2024-W04; the month ends within 2024-W05.
select week, count(id) as tickets, avg(frt) as frt from
  (select week_of(d) as week from
    (select unnest(generate_series(timestamp '2024-01-01', timestamp '2024-01-31',
      interval 7 day)) as d))
  left join (select * from t where created >= '2024-01-01' and created < '2024-02-01') x
    on week_of(x.created) = week
group by 1 order by 1
