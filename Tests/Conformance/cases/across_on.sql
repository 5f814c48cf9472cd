-- A ticket that is not resolved has no place on that clock.
select count(*) filter (isodow(resolved) = 1) as Monday,
  count(*) filter (isodow(resolved) = 2) as Tuesday,
  count(*) filter (isodow(resolved) = 3) as Wednesday,
  count(*) filter (isodow(resolved) = 4) as Thursday,
  count(*) filter (isodow(resolved) = 5) as Friday,
  count(*) filter (isodow(resolved) = 6) as Saturday,
  count(*) filter (isodow(resolved) = 7) as Sunday
from t
