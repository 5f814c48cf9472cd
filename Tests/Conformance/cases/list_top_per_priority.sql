-- Priorities come in their own order, not that of the alphabet.
select priority, id, cost from t where cost is not null
qualify row_number() over (partition by priority order by cost desc, id) = 1
order by rank_of(priority) nulls last
