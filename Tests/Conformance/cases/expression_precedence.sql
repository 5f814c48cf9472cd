select count(*) as tickets from t
where channel = 'email' or (channel = 'chat' and priority = 'high')
