-- agent13 has shifts and no ticket; a ticket without an agent has no shift.
select coalesce(a, b) as agent, coalesce(tickets, 0) as tickets, occupancy from
  (select agent as a, count(*) as tickets from t group by 1)
  full join (select agent as b, 100.0 * sum(occupied) / sum(available) as occupancy
    from h group by 1)
  on a is not distinct from b
order by 1
