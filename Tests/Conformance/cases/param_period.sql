select * from (select count(*) as tickets from t where month_of(created) = '2024-04'),
  (select percent(score >= 4) as csat from s where kind = 'csat' and month_of(clock) = '2024-04')
