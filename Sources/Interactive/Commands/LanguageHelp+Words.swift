extension LanguageHelp {
  /// What stands in expressions.
  static let words: [Topic] = [
    Topic(
      "periods", "period", "today", "yesterday", "this", "last", "latest",
      text: """
        2024   2024-Q1   2024-03   2024-W12   2024-03-15   2024-01..2024-03
        today   yesterday   this month   last month   last 30 days   latest 8 weeks
        last counts back from today, latest from the newest row of the data
          tickets by day in latest 14 days
        """),
    Topic(
      "values", "value", "duration", "percent",
      text: """
        text   'live chat', or email as a bare word behind = and in (…)
        durations   90s   5m   1h30m   2d   1w        percents   80%
          tickets where channel = email and frt between 1h and 4h
        """),
    Topic(
      "aggregates", "count", "sum", "avg", "median", "min", "max", "stddev", "variance",
      "distinct", "mode", "corr", "quantile",
      text: """
        count sum avg median p1…p99 min max stddev variance distinct mode percent(CONDITION)
        corr(a, b) quantile(x, 0.95)
          p90 frt, distinct customer by team
        """),
    Topic(
      "functions", "if", "coalesce", "lower", "upper", "length", "round", "abs", "elapsed",
      "business",
      text: """
        if(condition, a, b)   coalesce(a, b)   lower(x)   upper(x)   length(x)   round(x)
        abs(x)   elapsed(from, to)   business(duration)   month(x) and the other buckets
          median business(frt) by team
        """),
  ]
}
