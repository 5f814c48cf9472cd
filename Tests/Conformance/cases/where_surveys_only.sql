select nps_of(score) as nps from s where kind = 'nps' and score >= 5
