select score, count(*) as count from s where kind = 'nps' group by 1 order by 1
