-- A shift has a date, and a date has no zone.
select month_of(date) as month, 100.0 * sum(occupied) / sum(available) as occupancy from h
where date >= '2024-01-01' and date < '2024-04-01' group by 1 order by 1
