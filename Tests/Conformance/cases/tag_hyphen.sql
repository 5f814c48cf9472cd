select count(*) as tickets from t where list_contains(tags, 'how-to') and channel = 'live-chat'
