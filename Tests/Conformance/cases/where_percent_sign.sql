select count(*) as tickets from t where contains(subject, '100%')
