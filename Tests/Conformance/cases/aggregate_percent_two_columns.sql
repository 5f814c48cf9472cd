select percent(channel = 'email' and priority = 'high') as urgent_mail
from t where channel is not null and priority is not null
