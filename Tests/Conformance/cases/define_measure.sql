select team, percent(frt <= 3600) as sla, count(*) as tickets from t group by 1
having percent(frt <= 3600) > 40 order by 1
