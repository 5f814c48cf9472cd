select count(*) as tickets from t where cost > 10
