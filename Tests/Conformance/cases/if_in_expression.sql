select channel, 100.0 * count(*) filter (escalated) / count(*) as share from t group by 1 order by 1
