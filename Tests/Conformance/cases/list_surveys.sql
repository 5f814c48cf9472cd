select id, ticket, kind, score, comment, channel, plan from st where score <= 1 order by id
