select product, count(*) filter (product = 'Lamp') as lamps,
  avg(frt) filter (product = 'Lamp') as lamp_frt
from t group by 1 order by 1
