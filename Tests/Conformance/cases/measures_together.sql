select * from
  (select count(*) as tickets, avg(frt) as frt, avg(handle_time) as aht,
     avg(rt) as resolution_time, 100.0 * count(resolved) / count(*) as resolution_rate,
     100.0 * count(*) filter (resolved is not null and reopens = 0 and contacts <= 1) / count(*)
       as fcr,
     percent(case when resolved is not null then replies = 1 end) as single_reply_rate,
     percent(case when resolved is not null then reopens > 0 end) as reopen_rate,
     percent(escalated) as escalation_rate, avg(cost) as cost_per_contact from t),
  (select percent(score >= 4) as csat, avg(score) as csat_score, percent(score <= 2) as dsat
   from s where kind = 'csat'),
  (select nps_of(score) as nps from s where kind = 'nps'),
  (select avg(score) as ces from s where kind = 'ces'),
  (select count(score) as responses from s),
  (select 100.0 * sum(occupied) / sum(available) as occupancy from h)
