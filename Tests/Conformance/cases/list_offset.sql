select id, frt from t where channel = 'email' order by frt nulls last, id limit 5 offset 10
