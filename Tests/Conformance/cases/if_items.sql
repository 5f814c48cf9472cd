select team, count(*) as tickets, count(*) filter (channel = 'email') as mail,
  count(*) filter (priority = 'urgent') as hot
from t group by 1 order by 1
