select count(*) as tickets from t where cost >= 24 or id > 1490
