select count(*) as tickets from t where regexp_matches(lower(subject), 'rough.*desk$')
