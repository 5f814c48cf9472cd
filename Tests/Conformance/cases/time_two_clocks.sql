select month, tickets, csat, occupancy from
  (select month_of(created) as month, count(*) as tickets from t group by 1)
  join (select month_of(clock) as m2, percent(score >= 4) as csat from s
    where kind = 'csat' group by 1) on month = m2
  join (select month_of(date) as m3, 100.0 * sum(occupied) / sum(available) as occupancy
        from h group by 1) on month = m3
where month between '2024-04' and '2024-06' order by 1
