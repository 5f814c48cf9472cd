-- One survey has to meet both.
select count(*) as tickets from t where exists (select 1 from s where s.ticket = t.id
  and kind = 'nps' and score <= 6)
