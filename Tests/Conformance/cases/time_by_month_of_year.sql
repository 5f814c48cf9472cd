select month_of_year, tickets, csat from
  (select month(created) as month_of_year, count(*) as tickets from t group by 1)
  full join (select month(clock) as m2, percent(score >= 4) as csat from s
    where kind = 'csat' group by 1)
  on month_of_year = m2
order by 1
