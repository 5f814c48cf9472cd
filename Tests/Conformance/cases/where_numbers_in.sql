select count(*) as tickets from t where replies in (1, 3, 5)
