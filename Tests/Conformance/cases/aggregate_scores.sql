select kind, avg(score) as avg_score, median(score) as median_score, count(score) as count_score
from s group by 1 order by 1
