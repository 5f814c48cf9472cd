select count(*) as tickets from t where exists (select 1 from s where s.ticket = t.id
  and kind = 'csat' and score >= 4) and priority = 'high' and reopens > 0
