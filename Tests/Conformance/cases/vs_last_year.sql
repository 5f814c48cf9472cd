select count(*) filter (month_of(created) = '2024-09') as tickets,
  count(*) filter (month_of(created) = '2023-09') as tickets_last_year,
  count(*) filter (month_of(created) = '2024-09') - count(*) filter (month_of(created) = '2023-09')
    as tickets_change
from t
