select count(*) as tickets from t where lower(subject) like 're:%'
