select team, priority, count(*) as tickets, max(replies) as max_replies from t group by 1, 2
order by 4 nulls last, 3 desc, 1, rank_of(priority)
