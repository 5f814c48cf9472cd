select id, priority from t where id <= 25 order by rank_of(priority) desc nulls last, id
