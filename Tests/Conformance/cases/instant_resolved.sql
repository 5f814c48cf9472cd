select count(*) as tickets from t where resolved >= '2024-03-04' and resolved < '2024-03-11'
