select agent, count(*) as tickets, avg(frt) as frt from t
  group by 1 having count(*) > 110 order by 1
