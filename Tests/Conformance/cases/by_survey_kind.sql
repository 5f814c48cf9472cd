-- A ticket counts once in every kind of survey it has.
select kind, count(distinct t.id) as tickets from t left join s on s.ticket = t.id
group by 1 order by 1
