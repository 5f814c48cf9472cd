select segment, avg(mrr) as avg_mrr, sum(mrr) as sum_mrr, count(ended) as count_ended
from c group by 1 order by 1
