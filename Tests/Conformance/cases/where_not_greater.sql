select count(*) as tickets from t where coalesce(not replies > 1, true)
