select channel, nps_of(score) as nps from st where kind = 'nps' group by 1 order by 1
