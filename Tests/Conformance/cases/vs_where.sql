select n.k as team, n.v as frt, o.v as frt_where, n.v - o.v as frt_change from
  (select team as k, avg(frt) as v from t where channel = 'chat' group by 1) n
  full join (select team as k, avg(frt) as v from t where channel = 'email' group by 1) o
  on n.k is not distinct from o.k
order by 1
