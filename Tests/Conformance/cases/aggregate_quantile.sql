select quantile_cont(cost, 0.95) as dear, quantile_cont(frt, 0.5) as middle from t
