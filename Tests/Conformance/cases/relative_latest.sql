select count(*) as tickets from t
where created >= (select date_trunc('day', max(created)) - interval 29 day from t)
