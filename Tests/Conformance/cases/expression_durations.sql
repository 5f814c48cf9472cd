select channel, avg(frt + handle_time) as touched, avg(rt - frt) as after from t
  group by 1 order by 1
