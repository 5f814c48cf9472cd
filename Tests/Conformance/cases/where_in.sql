select count(*) as tickets from t where channel in ('email', 'social media', 'live-chat')
