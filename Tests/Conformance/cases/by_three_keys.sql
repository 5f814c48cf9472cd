select team, escalated, priority, count(*) as tickets from t where channel = 'phone'
group by 1, 2, 3 order by 1, 2, rank_of(priority)
