select priority, quantile_cont(frt, 0.01) as p1_frt, quantile_cont(frt, 0.25) as p25_frt,
  quantile_cont(frt, 0.75) as p75_frt, quantile_cont(frt, 0.9) as p90_frt,
  quantile_cont(frt, 0.999) as p999
from t group by 1 order by rank_of(priority)
