select count(*) as tickets from tc where mrr > 50 and ended is null
