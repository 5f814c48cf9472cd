select country, channel, count(*) as tickets from tc where plan = 'enterprise'
group by 1, 2 order by 1, 2
