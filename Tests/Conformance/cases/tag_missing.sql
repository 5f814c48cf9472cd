select count(*) as tickets from t where len(tags) = 0
