select priority, percent(case when reopens is not null and replies is not null
  then reopens > 0 or replies > 2 end) as hard
from t group by 1 order by rank_of(priority)
