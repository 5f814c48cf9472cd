select count(*) as tickets from t where id <= 10 or id in (100, 200)
