select avg(frt) as avg_frt, avg(frt) as again, min(frt) as min_frt, max(frt) as max_frt from t
