select kind, count(score) as responses from s group by 1 order by 1
