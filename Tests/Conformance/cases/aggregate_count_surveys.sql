select kind, count(*) as count from s group by 1 order by 1
