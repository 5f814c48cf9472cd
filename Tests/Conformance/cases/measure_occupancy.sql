select agent, 100.0 * sum(occupied) / sum(available) as occupancy from h group by 1 order by 1
