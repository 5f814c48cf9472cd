select dayname(created) as weekday, channel, count(*) as tickets from t
where isodow(created) >= 6 group by weekday, isodow(created), channel
order by isodow(created), channel
