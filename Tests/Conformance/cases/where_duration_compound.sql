select count(*) as tickets from t where frt >= 5400
