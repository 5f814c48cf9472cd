select * from (select count(*) as n, avg(frt) as "first answer" from t),
  (select percent(score >= 4) as happy from s where kind = 'csat')
