select month_of(created) as month, count(*) as tickets from t
where created >= (select date_trunc('month', max(created)) - interval 2 month from t)
group by 1 order by 1
