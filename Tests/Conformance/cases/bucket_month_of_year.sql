select count(*) as tickets from t where month(created) in (11, 12)
