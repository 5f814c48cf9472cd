select channel, percent(score >= 4) as csat from st where kind = 'csat' group by 1 order by 1
