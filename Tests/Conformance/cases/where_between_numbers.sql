select count(*) as tickets from t where cost between 5 and 10.5
