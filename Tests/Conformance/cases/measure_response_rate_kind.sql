select 100.0 * count(score) / count(*) as response_rate, count(score) as responses
from s where kind = 'csat'
