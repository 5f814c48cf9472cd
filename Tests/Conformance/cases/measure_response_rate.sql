select channel, 100.0 * count(score) / count(*) as response_rate from st group by 1 order by 1
