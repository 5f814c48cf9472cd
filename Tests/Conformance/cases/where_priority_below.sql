select count(*) as tickets from t where priority in ('low', 'normal')
