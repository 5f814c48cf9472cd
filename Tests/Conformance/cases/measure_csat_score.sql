select team, avg(score) as csat_score from st where kind = 'csat' group by 1 order by 1
