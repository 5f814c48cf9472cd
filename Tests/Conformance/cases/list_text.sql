select id, subject, product from t where id <= 40 order by id
