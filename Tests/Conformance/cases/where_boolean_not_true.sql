select count(*) as tickets from t where escalated is distinct from true
