select count(*) as tickets from t where agent is null and team is null
