select count(score) as responses from st where team is null
