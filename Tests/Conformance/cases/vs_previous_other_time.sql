-- Only the query's own period goes back.
select a.n as tickets, b.n as tickets_previous, a.n - b.n as tickets_change from
  (select count(*) as n from tc where month_of(created) = '2024-03'
     and started >= '2023-10-01' and started < '2024-01-01') a,
  (select count(*) as n from tc where month_of(created) = '2024-02'
     and started >= '2023-10-01' and started < '2024-01-01') b
