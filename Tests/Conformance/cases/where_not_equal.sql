select count(*) as tickets from t where priority is distinct from 'high'
