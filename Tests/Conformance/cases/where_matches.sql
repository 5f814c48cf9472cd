select count(*) as tickets from t where regexp_matches(subject, '^Re: ')
