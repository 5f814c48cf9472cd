select count(*) as tickets from t where coalesce(priority not in ('high', 'urgent'), true)
