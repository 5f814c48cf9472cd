select count(*) as tickets from t where not (coalesce(reopens > 0, false)
  or coalesce(escalated, false))
