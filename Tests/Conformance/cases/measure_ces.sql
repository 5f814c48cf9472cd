select product, avg(score) as ces from st where kind = 'ces' group by 1 order by 1
