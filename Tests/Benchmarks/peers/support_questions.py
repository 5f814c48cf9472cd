"""The support questions in each peer's words; questions/*.deskql has ours.

Rules that all follow: csat is the share of csat scores of 4 or 5; nps is the share of 9 and 10 less
that of 0 to 6; times are in seconds; medians and p90 are exact, interpolated; a row with a missing
value takes no part in the aggregate over it; months and weeks (Monday first) are in UTC; a
question about answers goes by the date of the answer, all others by the creation of the ticket.
"""


def duckdb(variant):
    """'plain' is what an analyst types; 'typed' has the faster spellings of month and duration."""
    typed = variant == "typed"
    tag = "unnest(tags)" if typed else "unnest(string_split(tags, ';'))"
    month = "year(created_at)*100 + month(created_at)" if typed else "date_trunc('month', created_at)"
    frt, res = (f"date_diff('second', created_at, {c}){'::int' if typed else ''}"
                for c in ("first_response_at", "resolved_at"))
    return {
        "q01": """select t.channel, 100.0*count_if(s.score >= 4)/count(*)
            from surveys s join tickets t on t.id = s.ticket_id
            where s.kind = 'csat' and s.responded_at >= timestamp '2024-03-01'
              and s.responded_at < timestamp '2024-04-01' group by 1""",
        "q02": """select date_trunc('week', responded_at), 100.0*count_if(score >= 4)/count(*)
            from surveys where kind = 'csat' group by 1""",
        "q03": """select t.team, 100.0*(count_if(s.score >= 9) - count_if(s.score <= 6))/count(*)
            from surveys s join tickets t on t.id = s.ticket_id where s.kind = 'nps' group by 1""",
        "q04": f"""select channel, quantile_cont(d, [0.5, 0.9]) from
            (select channel, {frt} d from tickets where first_response_at is not null) group by 1""",
        "q05": f"""select agent, quantile_cont(d, 0.9) from (select agent, {res} d
            from tickets where resolved_at is not null and agent is not null) group by 1""",
        "q06": f"select product, {month}, 100.0*count_if(reopens > 0)/count(*) from tickets where resolved_at is not null group by 1, 2",
        "q07": f"select {month}, channel, count(*) from tickets group by 1, 2",
        "q08": f"select {month}, count(distinct customer_id) from tickets group by 1",
        "q09": """select t.agent, 100.0*count_if(s.score >= 4)/count(*) c, count(*) n
            from surveys s join tickets t on t.id = s.ticket_id
            where s.kind = 'csat' and t.agent is not null group by 1 having n >= 30
            order by c desc, t.agent::varchar limit 10""",
        "q10": f"select tag, count(*) from (select {tag} tag from tickets where tags is not null) group by 1",
        "q11": "select count(*) from tickets where " + (
            "contains(lower(subject), 'refund')" if typed else "subject ilike '%refund%'"),
        "q13": "select count(*) from tickets where contains(subject, 'refund')",
        "q12": """select count(*) from tickets where priority in ('high', 'urgent') and channel = 'chat'
            and status in ('solved', 'closed') and team <> 'VIP' and handle_seconds > 600 and replies >= 3
            and reopens = 0 and cost < 15 and created_at >= timestamp '2024-01-01' and product is not null""",
    }


def chdb(variant):
    """variant 'plain': Nullable columns; 'typed'/'mergetree': no Nullable, '' or 0 is missing."""
    typed = variant != "plain"
    has = (lambda c, empty: f"{c} != {empty}") if typed else (lambda c, empty: f"{c} is not null")
    frt, res = has("first_response_at", 0), has("resolved_at", 0)
    agent, tags, product = has("agent", "''"), has("tags", "''"), has("product", "''")
    tag, tagged = ("arrayJoin(tags)", "notEmpty(tags)") if typed else (
        "arrayJoin(splitByChar(';', assumeNotNull(tags)))", tags)
    return {
        "q01": """select t.channel, 100.0*countIf(s.score >= 4)/count()
            from tickets t join (select ticket_id, score from surveys where kind = 'csat'
             and responded_at >= toDateTime('2024-03-01 00:00:00')
             and responded_at < toDateTime('2024-04-01 00:00:00')) s on t.id = s.ticket_id group by 1""",
        "q02": """select toStartOfWeek(responded_at, 1) w, 100.0*countIf(score >= 4)/count()
            from surveys where kind = 'csat' group by w""",
        "q03": f"""select t.team, 100.0*(countIf(s.score >= 9) - countIf(s.score <= 6))/count()
            from tickets t join (select ticket_id, score from surveys where kind = 'nps') s
            on t.id = s.ticket_id group by 1""",
        "q04": f"""select channel, quantilesExactInclusive(0.5, 0.9)(toInt64(first_response_at) - toInt64(created_at)) q
            from tickets where {frt} group by 1""",
        "q05": f"""select agent, quantileExactInclusive(0.9)(toInt64(resolved_at) - toInt64(created_at))
            from tickets where {res} and {agent} group by 1""",
        "q06": f"""select product, toStartOfMonth(created_at) m, 100.0*countIf(reopens > 0)/count()
            from tickets where {res} group by product, m""",
        "q07": "select toStartOfMonth(created_at) m, channel, count() from tickets group by m, channel",
        "q08": "select toStartOfMonth(created_at) m, uniqExact(customer_id) from tickets group by m",
        "q09": f"""select t.agent, 100.0*countIf(s.score >= 4)/count() c, count() n
            from tickets t join (select ticket_id, score from surveys where kind = 'csat') s
            on t.id = s.ticket_id where t.{agent} group by t.agent having n >= 30
            order by c desc, t.agent limit 10""",
        "q10": f"select {tag} tag, count() from tickets where {tagged} group by tag",
        "q11": "select count() from tickets where positionCaseInsensitive(subject, 'refund') > 0",
        "q13": "select count() from tickets where position(subject, 'refund') > 0",
        "q12": f"""select count() from tickets where priority in ('high', 'urgent') and channel = 'chat'
            and status in ('solved', 'closed') and team <> 'VIP' and handle_seconds > 600 and replies >= 3
            and reopens = 0 and {'cost > 0 and cost < 15' if typed else 'cost < 15'}
            and created_at >= toDateTime('2024-01-01 00:00:00') and {product}""",
    }


def datafusion(variant):
    tag = "unnest(tags)" if variant == "typed" else "unnest(string_to_array(tags, ';'))"
    secs = "cast(cast({} as bigint) - cast(created_at as bigint) as double)"
    f, r = secs.format("first_response_at"), secs.format("resolved_at")
    return {
        "q01": """select t.channel, 100.0*count(*) filter (where s.score >= 4)/count(*)
            from surveys s join tickets t on t.id = s.ticket_id
            where s.kind = 'csat' and s.responded_at >= timestamp '2024-03-01T00:00:00'
              and s.responded_at < timestamp '2024-04-01T00:00:00' group by t.channel""",
        "q02": """select date_trunc('week', responded_at), 100.0*count(*) filter (where score >= 4)/count(*)
            from surveys where kind = 'csat' group by 1""",
        "q03": """select t.team, 100.0*(count(*) filter (where s.score >= 9) - count(*) filter (where s.score <= 6))/count(*)
            from surveys s join tickets t on t.id = s.ticket_id where s.kind = 'nps' group by t.team""",
        "q04": f"""select channel, percentile_cont(0.5) within group (order by d), percentile_cont(0.9) within group (order by d)
            from (select channel, {f} d from tickets where first_response_at is not null) group by channel""",
        "q05": f"""select agent, percentile_cont(0.9) within group (order by d)
            from (select agent, {r} d from tickets where resolved_at is not null and agent is not null) group by agent""",
        "q06": """select product, date_trunc('month', created_at), 100.0*count(*) filter (where reopens > 0)/count(*)
            from tickets where resolved_at is not null group by 1, 2""",
        "q07": "select date_trunc('month', created_at), channel, count(*) from tickets group by 1, 2",
        "q08": "select date_trunc('month', created_at), count(distinct customer_id) from tickets group by 1",
        "q09": """select t.agent, 100.0*count(*) filter (where s.score >= 4)/count(*) c, count(*) n
            from surveys s join tickets t on t.id = s.ticket_id
            where s.kind = 'csat' and t.agent is not null group by t.agent having count(*) >= 30
            order by c desc, t.agent limit 10""",
        "q10": f"select tag, count(*) from (select {tag} tag from tickets where tags is not null) group by tag",
        "q11": "select count(*) from tickets where subject ilike '%refund%'",
        "q13": "select count(*) from tickets where subject like '%refund%'",
        "q12": """select count(*) from tickets where priority in ('high', 'urgent') and channel = 'chat'
            and status in ('solved', 'closed') and team <> 'VIP' and handle_seconds > 600 and replies >= 3
            and reopens = 0 and cost < 15 and created_at >= timestamp '2024-01-01T00:00:00' and product is not null""",
    }


def polars(variant, tickets, surveys):
    """Lazy frames, one per question."""
    import datetime as dt
    import polars as pl
    c, t, s = pl.col, tickets.lazy(), surveys.lazy()
    csat = (100.0 * (c("score") >= 4).sum() / pl.len()).alias("csat")
    nps = (100.0 * ((c("score") >= 9).sum().cast(pl.Int64) - (c("score") <= 6).sum().cast(pl.Int64))
           / pl.len()).alias("nps")
    n = pl.len().alias("n")
    month = c("created_at").dt.truncate("1mo").alias("month")
    march = (c("responded_at") >= dt.datetime(2024, 3, 1)) & (c("responded_at") < dt.datetime(2024, 4, 1))
    frt = (c("first_response_at") - c("created_at")).dt.total_seconds()
    res = (c("resolved_at") - c("created_at")).dt.total_seconds()
    tags = c("tags") if variant == "typed" else c("tags").str.split(";")
    any_case = (c("subject").str.contains_any(["refund"], ascii_case_insensitive=True)
                if variant == "typed" else c("subject").str.contains("(?i)refund"))
    return {
        "q01": s.filter((c("kind") == "csat") & march).join(
            t.select("id", "channel"), left_on="ticket_id", right_on="id")
            .group_by("channel").agg(csat),
        "q02": s.filter(c("kind") == "csat").group_by(c("responded_at").dt.truncate("1w")).agg(csat),
        "q03": s.filter(c("kind") == "nps").join(t.select("id", "team"), left_on="ticket_id", right_on="id")
            .group_by("team").agg(nps),
        "q04": t.filter(c("first_response_at").is_not_null()).select("channel", frt.alias("d"))
            .group_by("channel").agg(c("d").median().alias("med"), c("d").quantile(0.9, "linear").alias("p90")),
        "q05": t.filter(c("resolved_at").is_not_null() & c("agent").is_not_null())
            .select("agent", res.alias("d")).group_by("agent").agg(c("d").quantile(0.9, "linear")),
        "q06": t.filter(c("resolved_at").is_not_null()).group_by("product", month).agg(100.0 * (c("reopens") > 0).sum() / pl.len()),
        "q07": t.group_by(month, "channel").agg(n),
        "q08": t.group_by(month).agg(c("customer_id").n_unique()),
        "q09": s.filter(c("kind") == "csat").join(
            t.filter(c("agent").is_not_null()).select("id", "agent"), left_on="ticket_id", right_on="id")
            .group_by("agent").agg(csat, n).filter(c("n") >= 30)
            .with_columns(c("agent").cast(pl.String)).sort(["csat", "agent"], descending=[True, False]).head(10),
        "q10": t.filter(c("tags").is_not_null()).select(tags.alias("tag")).explode("tag").group_by("tag").agg(n),
        "q11": t.select(any_case.sum()),
        "q13": t.select(c("subject").str.contains("refund", literal=True).sum()),
        "q12": t.filter(c("priority").is_in(["high", "urgent"]) & (c("channel") == "chat")
                        & c("status").is_in(["solved", "closed"]) & (c("team") != "VIP")
                        & (c("handle_seconds") > 600) & (c("replies") >= 3) & (c("reopens") == 0)
                        & (c("cost") < 15) & (c("created_at") >= dt.datetime(2024, 1, 1))
                        & c("product").is_not_null()).select(pl.len()),
    }
