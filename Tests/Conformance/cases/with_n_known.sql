-- The rows behind a number are those that have its operand.
select channel, sum_replies, sum_replies_n, min_handle_time, min_handle_time_n, distinct_agent,
  distinct_agent_n, responses, responses_n from
  (select channel, sum(replies) as sum_replies, count(replies) as sum_replies_n,
     min(handle_time) as min_handle_time, count(handle_time) as min_handle_time_n,
     count(distinct agent) as distinct_agent, count(agent) as distinct_agent_n from t group by 1)
  full join (select channel as c2, count(score) as responses, count(score) as responses_n
    from st group by 1) on channel is not distinct from c2
order by 1
