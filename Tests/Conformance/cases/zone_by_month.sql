-- What came in the first hours of October in UTC came in September there.
select month_of(local(created, 'America/New_York')) as month, count(*) as tickets from t
group by 1 order by 1
