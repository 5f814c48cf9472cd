select product, channel, max(reopens) as max_reopens from t group by 1, 2
order by 3 desc nulls last, 1, 2
