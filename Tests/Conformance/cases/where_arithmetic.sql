select count(*) as tickets from t where cost * 2 > 40 and cost - 1 < 23
