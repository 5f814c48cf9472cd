select percent(replies = 1) as one_touch from t where resolved is not null
