select country, nps_of(score) as nps, percent(score >= 9) as promoters,
  percent(score in (7, 8)) as passives, percent(score <= 6) as detractors
from st where kind = 'nps' group by 1 order by 1
