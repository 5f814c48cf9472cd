select count(*) as tickets from t where list_contains(tags, 'refund')
