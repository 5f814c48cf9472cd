-- By bytes: a capital with two dots comes after Z.
select product, count(*) as tickets from t group by 1 order by 1
