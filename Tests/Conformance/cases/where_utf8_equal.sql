select count(*) as tickets from t where product in ('Ärmel', 'Zubehör')
