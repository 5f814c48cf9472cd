select count(*) as tickets from t where month_of(created) in ('2024-01', '2024-03')
