select count(*) as tickets from t where handle_time between 300 and 600
