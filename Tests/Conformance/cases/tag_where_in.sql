select count(*) as tickets from t where list_has_any(tags, ['refund', 'vip'])
