select id, customer, plan, country, mrr from tc where channel = 'live-chat' order by id limit 20
