select plan, count(*) as count from c group by 1 order by 1
