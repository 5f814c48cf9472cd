-- Between the first and the last bucket that has a row.
select month, count(id) as tickets from
  (select month_of(m) as month from (
    select unnest(generate_series(
      (select date_trunc('month', min(created)) from t where id in (40, 700, 1400)),
      (select max(created) from t where id in (40, 700, 1400)), interval 1 month)) as m))
  left join (select * from t where id in (40, 700, 1400)) x on month_of(x.created) = month
group by 1 order by 1
