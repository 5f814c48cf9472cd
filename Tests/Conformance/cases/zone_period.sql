select count(*) as tickets from t
where local(created, 'Europe/Berlin') >= '2024-01-01'
  and local(created, 'Europe/Berlin') < '2024-02-01'
