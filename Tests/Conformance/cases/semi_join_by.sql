select channel, count(*) as tickets, avg(frt) as frt from t
where exists (select 1 from s where s.ticket = t.id and kind = 'nps' and score >= 9)
group by 1 order by 1
