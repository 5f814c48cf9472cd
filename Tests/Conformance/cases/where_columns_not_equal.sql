-- Two missing values are not equal.
select count(*) as tickets from t where replies is distinct from contacts or replies is null
