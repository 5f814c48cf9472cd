/// The parts of the language in a few lines each, for `.help TOPIC`.
enum LanguageHelp {
  struct Topic: Sendable {
    let name: String
    let text: String
  }

  static func topic(named name: String) -> Topic? {
    topics.first { $0.name == name.lowercased() }
  }

  static let topics: [Topic] = [
    Topic(
      name: "query",
      text: """
        MEASURE, … [by KEY, …] [where CONDITION] [in PERIOD] [having …] [order by …] [top N]
          csat by channel where month = 2024-03
          percent(frt <= 1h) as answered_in_1h by priority
        """),
    Topic(
      name: "by",
      text: """
        by KEY, …   one row for each value: a column, a definition, or a time bucket
        (year, quarter, month, week, day, hour, weekday, hour_of_day)
          csat by channel, month
        """),
    Topic(
      name: "where",
      text: """
        where CONDITION   only rows that meet it: = != < <= > >=, and or not, in (…),
        between a and b, contains, starts with, ends with, matches, is missing
          tickets by team where channel in (email, chat) and frt > 4h
        """),
    Topic(
      name: "in",
      text: """
        in PERIOD   only rows of that time
          tickets in 2024-03        tickets in 2024-01..2024-06
          tickets in last 8 weeks   csat by month in 2024
        """),
    Topic(
      name: "on",
      text: """
        on COLUMN   counts time by that column instead of the dataset's own
          tickets by month on resolved
        """),
    Topic(
      name: "having",
      text: """
        having CONDITION   only groups that meet it, by any measure
          csat by agent having responses >= 30
        """),
    Topic(
      name: "order",
      text: """
        order by EXPRESSION [asc|desc], …   sorts the rows; missing values come last
          tickets, csat by team order by csat desc
        """),
    Topic(
      name: "top",
      text: """
        top N [by MEASURE] [per KEY], bottom N …   the groups with the largest, smallest values
          tickets top 10 by tag
          csat by agent top 3 per team
        """),
    Topic(
      name: "list",
      text: """
        list COLUMN, … | list * [where …] [order by …] [limit N]   rows instead of groups
          list id, subject, frt where tag = refund order by frt desc limit 20
        """),
    Topic(
      name: "load",
      text: """
        load 'PATH' [as NAME] [with (column = 'header', …)]   loads a file into a dataset
          load 'export.csv' as tickets with (created = 'Opened At')
        """),
    Topic(
      name: "define",
      text: """
        define NAME = EXPRESSION ["what it is"]   names a condition, value or measure
          define slow = frt > 4h
          define sla = percent(frt <= 1h) "answered within the hour"
        """),
    Topic(
      name: "periods",
      text: """
        2024   2024-Q1   2024-03   2024-W12   2024-03-15   2024-01..2024-03
        today   yesterday   this month   last month   last 30 days   latest 8 weeks
        """),
  ]
}
