select id, frt, coalesce(frt > 14400, false) as slow from t where id <= 30 order by id
