select id, channel, frt from t where frt > 18000 order by frt desc, id limit 10
