select count(*) as tickets from t where length(subject) = 9
