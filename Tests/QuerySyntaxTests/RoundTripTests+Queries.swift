extension RoundTripTests {
  /// Queries of every kind: the examples of the language, and forms that printing could spoil.
  static let queries = #"""
    csat by channel where month = 2024-03
    tickets, csat, p90 frt by team in last 4 weeks top 5
    nps by quarter vs previous
    percent(frt <= 1h) as answered_in_1h by priority where channel in (email, chat)
    list id, subject, frt where tag = refund and frt > 1d order by frt desc limit 20
    tickets
    tickets where status = on-hold
    tickets where channel = live-chat
    tickets where channel = 'it''s'
    tickets where channel = "say ""x"""
    tickets by day in 2024-03-09..2024-03-12
    tickets by hour in 2024-03-09T10..2024-03-09T12:30
    tickets by week in 2024-Q1
    tickets in 2024
    tickets in 2023..2024
    tickets in today
    tickets in yesterday
    tickets in this month
    tickets in last week
    tickets in last 8 weeks
    tickets in latest 30 days
    tickets in $p
    tickets in $a..$b
    tickets on resolved
    tickets by month on resolved in 2024
    tickets by created in 2024-03
    tickets where created in 2024-03
    tickets where created not in 2024-03
    tickets where created in 2024-01..2024-06 in 2024
    tickets where escalated in 2024-03
    tickets where (escalated) in 2024-03
    tickets where (not escalated) in 2024-03
    tickets where not escalated in 2024-03
    tickets where (a = 1 and escalated) in 2024
    tickets where (a or b) and (c or d) in 2024
    tickets in 2024 where not (a or b)
    tickets in 2024 where a or not b
    tickets in 2024 where month(x)
    tickets in 2024 where a = 1 or $flag
    tickets where ((a = 1) in 2024-03)
    tickets where ((a = 1) in 2024-03) in 2024-04
    tickets where ((a = 1) in 2024-03) and b = 2
    tickets where percent((a = 1) in 2024-03) > 2
    tickets where channel = email in 2024-03
    tickets where a is missing in 2024-03
    tickets where a between 1 and 2 in 2024-03
    count if escalated in 2024-03
    count if (escalated) in 2024-03
    count if escalated as e in 2024-03
    count if (escalated) by team in 2024-03
    count in 2024-03
    list id in 2024-03
    list * in 2024-03
    list *
    list * from tickets where a = 1 limit 5
    list id, frt top 2 by frt per team
    list top, by, date
    list count, min, max
    list `top`, `a b` from `my data`
    csat vs previous
    csat vs last year
    csat vs last month
    csat vs 2024-02
    csat vs 2024
    csat vs 2024-01..2024-03
    csat vs where channel = email
    csat where a = 1 vs where escalated with ci
    csat vs rest
    csat vs total
    csat vs benchmark
    csat vs benchmark 'e-commerce'
    csat vs goal
    csat vs $base
    csat with ci
    csat with ci 90%
    csat with ci 99.9%, n, total, share, open, other, rank, running, rolling 7, gaps
    csat with rank fair
    csat by team order by csat desc, team
    csat by team order by count asc
    csat by team order by p90 frt desc, nps
    csat by team top 5
    csat by team bottom 5
    csat top 10 by tag
    csat by team top 5 by nps per channel fair
    csat by team top $n limit $m offset $o
    csat by team limit 0 offset 0
    csat by team chart
    csat by team chart bar
    csat by team chart line limit 3
    csat by month chart spark
    csat by month across weekday chart heat
    tickets by channel, team across month
    csat by agent having responses >= 25 and csat < 80%
    count
    count(*)
    count agent
    count(agent) / distinct(agent)
    count / 2, 2 * count, count - 1, -count
    count from surveys
    count by channel having count > 5
    distinct(agent, day)
    corr(frt, score), quantile(frt, 0.95)
    p50 frt, p99.9 frt, median frt, p90(business(frt))
    avg frt, mean frt, average(frt)
    sum(replies if reply_time is not missing)
    sum(reply_time * replies) / sum(replies if reply_time is not missing)
    avg(if(score >= 9, 100, if(score <= 6, -100, 0)))
    percent slow, percent(slow)
    percent(a = 1 or b = 2)
    percent(created in 2024-03)
    percent(not a)
    min, max, mode, sum
    min(cost), max(cost), stddev(cost), variance(cost), mode(channel)
    frt within 1h, resolution_time within 3d
    frt within $limit
    avg frt within 1h
    (a + b) within 1h
    (p90 frt) within 1h
    csat adjusted for channel, priority by team
    csat adjusted for channel if a = 1 as x, nps
    csat if a = 1 as good, nps if b
    csat as `top`, nps as `with space`
    a + b * c - d / e
    (a + b) * (c - d)
    a - (b - c)
    a - b - c
    a / (b * c)
    a * b / c
    -a, -(-a), -(a + b), -a * b, a - -b
    -(-(-a))
    (frt > 4h)
    (a = 1 and b = 2) as both
    (a) + (b)
    100 * (a - b) / c
    csat where a = -1
    csat where a = -(-1)
    csat where a = b + 1
    csat where a = (b = c)
    csat where (a = b) = c
    csat where not (a = 1)
    csat where not not a
    csat where (not a) = b
    csat where not (a and b)
    csat where (a or b) and c
    csat where a or b and c
    csat where a or (b or c) or d
    csat where (a and b) and c
    csat where a and (b and (c and d))
    csat where a in (1, -1, 'x', y, 2024-03, 80%, 1h, $p, last month, today)
    csat where a not in (x)
    csat where (a = 1) in (true, false)
    csat where a between 1 and 2 and b between 2024-01 and today
    csat where a not between -1 and 1 + 1
    csat where (a = 1) between b and c
    csat where a contains b
    csat where a not contains 'b' or a not starts with c
    csat where a ends with 'x' and a matches '^a+$' and a not matches b
    csat where a is missing and b is not missing
    csat where (a = 1) is missing
    csat where lower(a) = upper(b)
    csat where coalesce(a, b, 1) > round(c, 2)
    csat where if(a, b, c) = 1
    csat where f() = 1
    csat where created > avg today and a = max last
    csat where created > today and created < yesterday
    csat where created >= today - 30d
    csat where created = last month
    csat where month != this month
    csat where created = latest 8 weeks
    csat where created = 2024-01..2024-03
    csat where created between 2023..2024 and 2024
    csat where year = 2024
    csat where today = 1 and last = 2
    csat where a = (today)
    csat where a = top and b = by or c = and
    csat where a = count
    csat where a = min by max
    csat where a = `email` and `b c` = 'd'
    csat where `by` = 1 and `and` = 2
    csat where and = 1 or not = 2
    csat where top > 5
    csat by by
    csat by top, in, from where x = 1
    csat by count
    csat by count(*)
    list count(*)
    csat by hour(created), month(resolved), weekday
    csat by a + 1, round(score)
    csat by größe where 客户 = 'ж'
    csat by satisfaction_rating.score
    csat where x > 1_000 and y < 1e6 and z = .5 and w = 99.5%
    csat where d = 90s or d = 5m or d = 1h30m or d = 2d or d = 1w or d = 1.5h
    csat where $flag and a = $value
    explain csat by team
    explain analyze list * from tickets
    explain analyze by team
    define slow = frt > 4h
    define sla = percent(frt <= 1h) "answered within the hour"
    define x = (a = 1) in 2024-03
    define x = escalated in 2024-03 if a = 1 'text'
    define top = bottom + 1
    param month = 2024-03
    param n = -5
    param w = last 4 weeks
    param t = 'x'
    param u = email
    param v = count
    set timezone = 'Europe/Berlin'
    set week_start = sunday
    set hours = mon-fri 09:00-17:00, sat 10:00-14:00
    set holidays = (2024-12-25, 2025-01-01)
    set csat_scale = 1..5
    set intervals = off
    set intervals = on
    goal csat >= 85%
    goal p90 frt < 1h
    goal a + b = -1
    load 'tickets.csv'
    load 'a.csv' as tickets with (created = 'Opened', `a b` = x, encoding = 'windows-1252')
    save 'x.csv'
    show columns of tickets
    show metrics
    describe csat
    describe `by`
    include 'x.deskql'
    show
    list
    set, goal
    csat; nps; top; by
    """#.split(separator: "\n").map(String.init)
}
