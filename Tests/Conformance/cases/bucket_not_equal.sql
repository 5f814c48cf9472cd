select count(*) as tickets from t where quarter_of(created) <> '2024-Q1'
