select priority, count(*) as tickets from t group by 1 order by rank_of(priority) desc nulls last
