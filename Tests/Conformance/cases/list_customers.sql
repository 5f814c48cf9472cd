select id, started, ended, plan from c
where ended >= '2024-03-01' and ended < '2024-04-01' order by id
