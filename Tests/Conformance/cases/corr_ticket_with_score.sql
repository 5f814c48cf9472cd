-- A ticket's value beside its surveys' answers: each survey is a pair.
select channel, corr(frt, score) as "corr(frt, score)" from st
where kind = 'csat' group by 1 order by channel is null, channel
