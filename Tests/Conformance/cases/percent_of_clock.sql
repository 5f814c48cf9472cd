-- A survey without an answer has the time of its ticket; a coalesce is known by one of its values.
select * from
  (select percent(clock < '2024-03-01' and kind = 'csat') as early from s
   where clock is not null and kind is not null),
  (select percent(coalesce(replies, 0) > 1) as several from t)
