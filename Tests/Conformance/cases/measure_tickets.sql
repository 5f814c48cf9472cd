select count(*) as tickets from t
