select count(*) as tickets from t where created >= '2024-06-02' and created < '2024-06-09'
