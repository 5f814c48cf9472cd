select count(*) as tickets from t where resolved is null or not (resolved >= '2024-03-01'
  and resolved < '2024-04-01')
