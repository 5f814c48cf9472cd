select count(*) as tickets from t where local(created, 'America/New_York') < '2024-01-01'
