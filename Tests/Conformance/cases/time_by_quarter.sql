select coalesce(quarter, q2) as quarter, coalesce(tickets, 0) as tickets, csat from
  (select quarter_of(created) as quarter, count(*) as tickets from t group by 1)
  full join (select quarter_of(clock) as q2, percent(score >= 4) as csat from s
    where kind = 'csat' group by 1)
  on quarter = q2
order by 1
