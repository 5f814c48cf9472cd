select agent, date, available, occupied from h
where agent = 'agent13' and date >= '2024-02-01' and date < '2024-03-01' order by date
