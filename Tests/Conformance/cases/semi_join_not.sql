-- No survey of the ticket meets both.
select count(*) as tickets from t where not exists (select 1 from s where s.ticket = t.id
  and kind = 'csat' and score <= 2)
