select sum(reopens) / nullif(sum(reopens) filter (resolved is null), 0) as odd,
  count(*) as tickets
from t
