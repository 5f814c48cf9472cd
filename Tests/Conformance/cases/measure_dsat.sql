select priority, percent(score <= 2) as dsat from st where kind = 'csat'
group by 1 order by rank_of(priority)
