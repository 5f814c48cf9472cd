-- There are rows up to the end of the month: it is over for them.
select count(*) filter (where month_of(created) = '2024-03') as tickets,
  count(*) filter (where month_of(created) = '2024-02') as tickets_previous from t
