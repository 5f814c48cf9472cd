select month_of(a) as month, sum(mrr) as mrr, 12 * sum(mrr) as arr, sum(mrr) / count(*) as arpa
from (select m as a, m + interval 1 month as e
  from (select unnest(generate_series(timestamp '2024-01-01', timestamp '2024-06-01',
  interval 1 month)) as m)) join c on c.started < e and (c.ended is null or c.ended >= e)
group by 1 order by 1
