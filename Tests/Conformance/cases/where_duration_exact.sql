select count(*) as tickets from t where frt = 3600
