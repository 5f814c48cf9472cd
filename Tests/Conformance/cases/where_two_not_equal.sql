select count(*) as tickets from t where coalesce(team not in ('Tier 1', 'Tier 2'), true)
