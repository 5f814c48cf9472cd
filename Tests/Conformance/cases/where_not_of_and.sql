select count(*) as tickets from t where not (coalesce(channel = 'email', false)
  and coalesce(priority = 'high', false))
