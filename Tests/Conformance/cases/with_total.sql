select * from (
  select team, csat, tickets, median_frt from
    (select team, count(*) as tickets, median(frt) as median_frt from t group by 1)
    left join (select team as t2, percent(score >= 4) as csat from st where kind = 'csat'
      group by 1)
    on team is not distinct from t2
  order by 1)
union all
select '(total)', (select percent(score >= 4) from s
  where kind = 'csat'), count(*), median(frt) from t
