select count(*) as tickets from t where coalesce(not (cost between 5 and 20), true)
