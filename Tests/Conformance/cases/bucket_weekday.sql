select count(*) as tickets from t where isodow(created) = 1
