select count(*) as tickets from t where frt > 14400 and frt <= 86400
