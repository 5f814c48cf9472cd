-- A group is there where customers are, though they pay nothing.
select plan, coalesce(sum(mrr), 0) as mrr from c
where (mrr = 0 or mrr is null) and started < '2024-04-01'
  and (ended is null or ended >= '2024-04-01')
group by 1 order by 1
