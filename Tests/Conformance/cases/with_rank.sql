select product, count(*) as tickets, rank() over (order by count(*) desc) as tickets_rank
from t group by 1 order by 2 desc, 1
