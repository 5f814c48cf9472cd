select count(*) as tickets from t where contains(lower(subject), 'refund')
