select count(*) as tickets from t where hour(created) < 8 or hour(created) >= 20
