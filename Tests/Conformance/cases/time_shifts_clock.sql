select week_of(date) as week, 100.0 * sum(occupied) / sum(available) as occupancy from h
where date >= '2024-02-01' and date < '2024-03-01' group by 1 order by 1
