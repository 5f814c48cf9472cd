-- A ticket without a known customer is kept.
select count(*) as tickets from tc where plan is distinct from 'pro'
