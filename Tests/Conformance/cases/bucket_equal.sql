select count(*) as tickets from t where week_of(created) = '2024-W10'
