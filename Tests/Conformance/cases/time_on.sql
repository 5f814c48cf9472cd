select month_of(resolved) as month, count(*) as tickets, avg(rt) as resolution_time from t
where resolved >= '2024-01-01' and resolved < '2024-07-01' group by 1 order by 1
