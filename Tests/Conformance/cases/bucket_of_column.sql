select count(*) as tickets from t where month_of(resolved) = '2024-03'
