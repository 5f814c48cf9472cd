select team, percent(replies = 1) as one, percent(cost > 10) as dear
from t group by 1 order by 1
