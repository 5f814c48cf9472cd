select country, percent(score >= 4) as csat,
  percent(case when channel = 'chat' then score >= 4 end) as chat_csat,
  percent(case when frt <= 3600 then score >= 4 end) as quick_csat
from st where kind = 'csat' group by 1 order by 1
