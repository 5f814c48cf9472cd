extension LanguageHelp {
  /// A query and its clauses.
  static let clauses: [Topic] = [
    Topic(
      "query", "measure", "item",
      text: """
        MEASURE, … [by KEY, …] [where CONDITION] [in PERIOD] [having …] [order by …] [top N]
        The clauses come in any order; if and as belong to one measure.
          csat by channel where month = 2024-03
          count if channel = email as by_mail, percent(frt <= 1h) as fast by team
        """),
    Topic(
      "by", "group",
      text: """
        by KEY, …   one row for each value: a column, a definition, or a time bucket
        (year, quarter, month, week, day, hour, weekday, hour_of_day, month_of_year)
          csat by channel, month
        """),
    Topic(
      "across",
      text: """
        across KEY   the values of one more key become columns
          tickets by month across priority
        """),
    Topic(
      "where", "and", "or", "not", "between", "contains", "starts", "ends", "matches", "is",
      "missing", "null",
      text: """
        where CONDITION   only rows that meet it: = != < <= > >=, and or not, in (…),
        between a and b, contains, starts with, ends with, matches, is missing
          tickets by team where channel in (email, chat) and frt > 4h
          tickets where subject contains 'refund' and agent is not missing
        """),
    Topic(
      "in",
      text: """
        in PERIOD   only rows of that time, by the clock of each measure
          tickets in 2024-03
          tickets by month in 2024-01..2024-06
          tickets by week in last 8 weeks
        """),
    Topic(
      "on",
      text: """
        on COLUMN   counts time by that column instead of the dataset's own
          tickets by month on resolved
        """),
    Topic(
      "from",
      text: """
        from DATASET   whose rows count, for plain columns and list; a measure knows its own
          count from surveys by kind
        """),
    Topic(
      "having",
      text: """
        having CONDITION   only groups that meet it, by any measure, shown or not
          csat by agent having responses >= 30
        """),
    Topic(
      "vs", "previous", "rest", "benchmark",
      text: """
        vs BASELINE   each row beside: previous (the span just before), last year, a period,
        where CONDITION, rest (all other groups), total, benchmark (published), goal
          csat by channel in 2024-03 vs previous
          frt where channel = email vs where channel = chat
        """),
    Topic(
      "with", "ci", "n", "total", "share", "open", "other", "rank", "running", "rolling", "gaps",
      text: """
        with OPTION, …   ci (95% intervals, or ci 90%), n (rows behind each value), share, rank,
        total (a last row), other (what top leaves out), running and rolling N (over time),
        open (durations that go on), gaps (leave empty periods out)
          csat by channel with ci, n
          tickets by month with running
        """),
    Topic(
      "order", "sort", "asc", "desc",
      text: """
        order by EXPRESSION [asc|desc], …   sorts the rows; missing values come last
          tickets, csat by team order by csat desc
        """),
    Topic(
      "top", "bottom", "per", "fair",
      text: """
        top N [by MEASURE] [per KEY] [fair], bottom N …   the groups with the largest, smallest
        values; fair ranks by the cautious end of the interval
          tickets top 10 by tag
          csat by agent top 3 per team
        """),
    Topic(
      "limit", "offset",
      text: """
        limit N, offset N   at most so many rows, without the first ones
          tickets by agent order by tickets desc limit 10 offset 10
        """),
    Topic(
      "chart", "bar", "line", "spark", "heat",
      text: """
        chart [bar|line|spark|heat]   shows it as a picture; the kind follows from the keys
        where it is not named. .chart on does so for every result, .once x.svg writes a file.
          csat by month chart
          tickets by weekday, hour_of_day chart heat
        """),
    Topic(
      "adjusted", "for",
      text: """
        MEASURE adjusted for KEY, …   beside the raw value, the one each group would have with
        everybody's mix of the named keys
          csat by team adjusted for channel
        """),
    Topic(
      "within",
      text: """
        DURATION within LIMIT   the share of rows whose duration ended within it
          frt within 1h by channel
        """),
  ]
}
