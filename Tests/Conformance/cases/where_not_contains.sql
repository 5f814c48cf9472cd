-- A ticket without a subject does not contain it.
select count(*) as tickets from t where not coalesce(contains(lower(subject), 'refund'), false)
