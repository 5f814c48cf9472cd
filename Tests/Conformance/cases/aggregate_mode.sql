select mode(channel) as mode_channel, mode(replies) as mode_replies from t
