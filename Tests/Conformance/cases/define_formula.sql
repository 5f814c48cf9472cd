select priority, sum(cost) / sum(replies) as cost_per_reply from t group by 1
order by 2 desc nulls last, rank_of(priority)
