select count(*) as tickets from t where contains(subject, 'not here')
