select count(*) as tickets from tc where plan = 'pro' and country in ('DE', 'JP')
