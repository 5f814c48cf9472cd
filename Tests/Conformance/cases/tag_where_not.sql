select count(*) as tickets from t where not list_contains(tags, 'refund')
