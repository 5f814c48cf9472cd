-- Where nobody is, nothing is paid.
select month_of(a) as month, coalesce(sum(mrr), 0) as mrr, 12 * coalesce(sum(mrr), 0) as arr
from (select unnest(generate_series(timestamp '2023-12-01', timestamp '2024-04-01',
    interval 1 month)) as a)
left join c on started >= '2024-02-01' and started < a + interval 1 month
  and (ended is null or ended >= a + interval 1 month)
group by a order by a
