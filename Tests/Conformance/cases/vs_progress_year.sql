-- 289 days of the leap year, 16 October of the year before.
select count(*) filter (where created >= '2024-01-01' and created < '2025-01-01') as tickets,
  count(*) filter (where created >= '2023-01-01'
    and created < date '2023-01-01' + interval 289 day) as tickets_last_year from t
