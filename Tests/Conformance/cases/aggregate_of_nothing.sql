select 0 as tickets, null as frt, null as csat, null as sum_cost, 0 as distinct_agent
