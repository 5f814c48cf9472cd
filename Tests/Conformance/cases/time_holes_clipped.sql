-- The axis ends with the data.
select month_of(created) as month, count(*) as tickets from t
where channel = 'live-chat' and created >= '2024-07-01' group by 1 order by 1
