select count(*) as tickets from t where first_response is not null and resolved is null
