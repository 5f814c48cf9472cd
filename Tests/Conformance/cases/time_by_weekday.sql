select dayname(created) as weekday, count(*) as tickets from t
group by weekday, isodow(created) order by isodow(created)
