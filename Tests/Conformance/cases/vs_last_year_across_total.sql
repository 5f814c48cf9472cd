-- A total over quarters has no quarter before it.
select '2024-Q1' as quarter, count(*) filter (quarter_of(created) = '2024-Q1') as Billing,
  count(*) filter (quarter_of(created) = '2023-Q1') as Billing_last_year
from t where team = 'Billing'
union all
select '(total)', count(*) filter (quarter_of(created) = '2024-Q1'), null
from t where team = 'Billing'
