select count(*) as tickets from t where exists (select 1 from s where s.ticket = t.id
  and contains(lower(comment), 'slow'))
