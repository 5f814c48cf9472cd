-- The known order, not the alphabet.
select count(*) as tickets from t where priority in ('high', 'urgent')
