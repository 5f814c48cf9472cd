select count(*) as tickets from t where escalated = false
