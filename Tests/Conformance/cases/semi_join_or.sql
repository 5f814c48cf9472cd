select count(*) as tickets from t where exists (select 1 from s where s.ticket = t.id
  and kind = 'csat' and score = 1) or channel = 'phone'
