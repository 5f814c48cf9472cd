select count(*) as tickets from t where lower(subject) like '%again' or subject like '%500"'
