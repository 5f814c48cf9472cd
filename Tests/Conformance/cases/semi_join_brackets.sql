-- Brackets around a part of an `and` change nothing: the ticket is the same.
select count(*) as count from c where plan = 'pro' and exists (
  select 1 from t where t.customer = c.id and not coalesce(escalated, false)
    and channel = 'email')
