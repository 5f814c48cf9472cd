-- A missing value is not true.
select count(*) as tickets from t where not coalesce(escalated, false)
