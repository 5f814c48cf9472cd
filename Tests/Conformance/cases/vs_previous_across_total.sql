-- The total of a month is compared with the total of the month before, also before the period.
with x as (
  select team, month_of(created) as month, resolved is not null as done from t
  where created >= '2023-12-01' and created < '2024-03-01'),
g as (select team, month, percent(done) as v from x group by all),
total as (select month, percent(done) as v from x group by 1),
line as (
  select 0 as place, team, a.v as a, b.v as b, c.v as c
  from (select distinct team from x) k
  left join (select * from g where month = '2023-12') a using (team)
  left join (select * from g where month = '2024-01') b using (team)
  left join (select * from g where month = '2024-02') c using (team)
  where team is not null
  union all
  select 1, null, (select v from g where team is null and month = '2023-12'),
    (select v from g where team is null and month = '2024-01'),
    (select v from g where team is null and month = '2024-02')
  union all
  select 2, '(total)', (select v from total where month = '2023-12'),
    (select v from total where month = '2024-01'), (select v from total where month = '2024-02'))
select team, b as "2024-01", a as "2024-01_previous", b - a as "2024-01_change",
  c as "2024-02", b as "2024-02_previous", c - b as "2024-02_change"
from line order by place, team
