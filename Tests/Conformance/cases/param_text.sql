select count(*) as tickets from t where channel = 'email' and replies >= 3 and frt > 7200
