select team,
  100.0 * count(*) filter (resolved is not null and reopens = 0 and contacts <= 1) / count(*)
    as fcr
from t group by 1 order by 1
