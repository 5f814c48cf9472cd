select plan, count(*) as count from c where exists (
  select 1 from t join s on s.ticket = t.id
  where t.customer = c.id and kind = 'nps' and score <= 6)
group by 1 order by 1
