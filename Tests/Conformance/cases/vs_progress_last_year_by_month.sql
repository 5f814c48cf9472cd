select '2024-09' as month, count(score) filter (where month_of(clock) = '2024-09') as responses,
  count(score) filter (where month_of(clock) = '2023-09') as responses_last_year from s
union all select '2024-10', count(score) filter (where month_of(clock) = '2024-10'),
  count(score) filter (where clock >= '2023-10-01' and clock < '2023-10-11') from s order by 1
