-- Not resolved is not the same month.
select count(*) as tickets from t where month_of(resolved) is distinct from month_of(created)
