select replies + contacts as turns, count(*) as tickets from t group by 1 order by 1
