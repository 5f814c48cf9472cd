select channel, agent, tickets from (
  select channel, agent, count(*) as tickets,
    row_number() over (partition by channel order by count(*) desc, agent) as place
  from t group by 1, 2)
where place <= 2 order by channel, place
