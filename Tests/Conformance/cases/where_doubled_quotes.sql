select count(*) as tickets from t where product = 'The "Box"'
