select month_of(created) as month, count(*) as tickets, avg(frt) as frt from t group by 1 order by 1
