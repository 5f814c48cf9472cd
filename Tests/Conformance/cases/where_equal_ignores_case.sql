select count(*) as tickets from t where channel = 'email' and status = 'On-Hold'
