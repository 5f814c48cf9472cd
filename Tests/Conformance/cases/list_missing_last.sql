select id, cost from t where id between 30 and 60 order by cost desc nulls last, id
