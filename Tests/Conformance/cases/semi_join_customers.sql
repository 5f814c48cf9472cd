select count(*) as count from c where exists (
  select 1 from t where t.customer = c.id and channel = 'phone' and priority = 'urgent')
