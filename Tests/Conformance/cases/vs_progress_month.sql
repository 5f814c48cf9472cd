-- The first 10 days of October and of September.
with x as (
  select (select count(score) from s where clock >= '2024-10-01' and clock < '2024-11-01') as n,
    (select count(score) from s where clock >= '2024-09-01' and clock < '2024-09-11') as n0,
    (select percent(score >= 4) from s where kind = 'csat' and clock >= '2024-10-01'
      and clock < '2024-11-01') as p,
    (select percent(score >= 4) from s where kind = 'csat' and clock >= '2024-09-01'
      and clock < '2024-09-11') as p0)
select n as responses, n0 as responses_previous, n - n0 as responses_change, p as csat,
  p0 as csat_previous, p - p0 as csat_change from x
