select count(*) as tickets from t where isodow(resolved) = 7
