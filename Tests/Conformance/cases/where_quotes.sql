select count(*) as tickets from t where product in ('The "Box"', 'Shelf, wide')
