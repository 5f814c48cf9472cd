select quarter_of(started) as quarter, count(*) as count from c
where started >= '2023-01-01' and started < '2024-01-01' group by 1 order by 1
