select count(*) as tickets from t where replies > contacts
