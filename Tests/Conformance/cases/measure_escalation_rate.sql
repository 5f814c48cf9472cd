select channel, percent(escalated) as escalation_rate from t group by 1 order by 1
