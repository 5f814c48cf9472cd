select team, channel, avg(frt) as frt from t group by 1, 2
having avg(frt) > 3600 and count(*) >= 50 order by 1, 2
