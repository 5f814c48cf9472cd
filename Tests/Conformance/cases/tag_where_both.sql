select count(*) as tickets from t where list_has_all(tags, ['refund', 'vip'])
