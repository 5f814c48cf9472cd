-- `month(created)` names the tickets' own time: those of December, as long as they stay open.
select strftime(b, '%Y-%m') as month,
  (select count(*) from t where month_of(created) = '2023-12'
    and created < b + interval 1 month
    and (resolved is null or resolved >= b + interval 1 month)) as backlog
from range(timestamp '2024-01-01', timestamp '2024-05-01', interval 1 month) r(b) order by 1
