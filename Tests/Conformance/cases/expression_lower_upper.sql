select count(*) as tickets from t where lower(team) = 'tier 1' or upper(product) = 'DESK'
