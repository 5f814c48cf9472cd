select count(*) as tickets from t where reply_time > frt
