import CivilTime
import QuerySyntax

extension WordTables {
  private static let equal = Suggestion("=", "is")
  private static let notEqual = Suggestion("!=", "is not")
  private static let membership = Suggestion("in (", "is one of a list")
  private static let missing = [
    Suggestion("is missing", "there is no value"),
    Suggestion("is not missing", "there is a value"),
  ]
  private static let range = Suggestion("between", "from one value to another, both included")
  private static let searches = [
    Suggestion("contains", "has a text in it"), Suggestion("starts with", "begins with a text"),
    Suggestion("ends with", "ends with a text"),
    Suggestion("matches", "fits a regular expression"),
  ]

  /// Priorities and weekdays have an order of their own.
  private static let order = [
    Suggestion(">=", "is, or comes behind"), Suggestion("<=", "is, or comes before"),
    Suggestion(">", "comes behind"), Suggestion("<", "comes before"), range,
  ]

  static let comparisons = [
    Suggestion(">=", "at least"), Suggestion("<=", "at most"), Suggestion(">", "more than"),
    Suggestion("<", "less than"), equal, notEqual,
  ]

  /// What may come between a value and `in`, `contains` and so on, where `not` stands.
  static func negatable(_ kind: Subject.Kind) -> [Suggestion] {
    let membership = [Suggestion("in (", "is none of a list")]
    return switch kind {
    case .text: membership + searches
    case .tags: membership + searches
    case .weekday: membership + [range]
    case .unknown: membership + [range] + searches
    default: membership + [range]
    }
  }

  /// The same, with `not` in front.
  private static func negated(_ kind: Subject.Kind) -> [Suggestion] {
    negatable(kind).map { word in
      let meaning =
        switch word.text {
        case range.text: "lies outside of two values"
        case "contains": "has no such text in it"
        case "starts with": "begins otherwise"
        case "ends with": "ends otherwise"
        case "matches": "does not fit a regular expression"
        default: word.meaning
        }
      return Suggestion("not " + word.text, meaning)
    }
  }

  /// The operators that fit a kind of value, of which texts may have an order of their own.
  static func operators(_ kind: Subject.Kind, isOrdered: Bool = false) -> [Suggestion] {
    switch kind {
    case .text:
      [equal, notEqual, membership] + searches + missing + (isOrdered ? order : [])
        + negated(kind)
    case .tags: [equal, notEqual, membership] + searches + missing + negated(kind)
    case .quantity, .duration:
      [
        Suggestion(">", "more than"), Suggestion(">=", "at least"), Suggestion("<", "less than"),
        Suggestion("<=", "at most"), equal, notEqual, range, membership,
      ] + missing + negated(kind)
    case .time, .bucket:
      [
        equal, Suggestion("in", "lies in a period"), Suggestion(">=", "from its start on"),
        Suggestion(">", "after its end"), Suggestion("<=", "up to its end"),
        Suggestion("<", "before its start"), range, notEqual,
      ] + missing + negated(kind)
    case .boolean: [equal, notEqual] + missing
    case .weekday: [equal, notEqual, membership] + order + missing + negated(kind)
    case .unknown:
      [equal, notEqual] + comparisons.prefix(4) + [membership, range] + searches + missing
        + negated(kind)
    }
  }

  // MARK: Periods

  static let units = TimeUnit.allCases.filter { $0 != .minute }
    .map { Suggestion($0.rawValue + "s", "the unit that is counted") }

  static let thisUnits = grains.map { Suggestion($0, "the \($0) that holds today") }

  static let lastUnits =
    grains.map { Suggestion($0, "the whole \($0) before this one") }
    + [
      Suggestion("30 days", "whole units before the current one"),
      Suggestion("4 weeks", "whole units before the current one"),
      Suggestion("12 months", "whole units before the current one"),
    ]

  static let latestUnits =
    [
      Suggestion("30 days", "up to the last instant of the data"),
      Suggestion("4 weeks", "up to the last instant of the data"),
      Suggestion("12 months", "up to the last instant of the data"),
    ] + grains.map { Suggestion($0, "the \($0) of the last instant of the data") }

  private static let grains = ["month", "week", "quarter", "year", "day"]

  static let relativePeriods = [
    Suggestion("last month", "the whole month before this one"),
    Suggestion("last week", "the whole week before this one"),
    Suggestion("last quarter", "the whole quarter before this one"),
    Suggestion("last 30 days", "whole days before today"),
    Suggestion("last 4 weeks", "whole weeks before this one"),
    Suggestion("last 12 months", "whole months before this one"),
    Suggestion("latest 30 days", "up to the last instant of the data"),
    Suggestion("latest 12 months", "up to the last instant of the data"),
    Suggestion("this month", "so far"), Suggestion("this week", "so far"),
    Suggestion("this quarter", "so far"), Suggestion("this year", "so far"),
    Suggestion("last year", "the whole year before this one"), Suggestion("today", "this day"),
    Suggestion("yesterday", "the day before today"),
  ]

  static let baselines = [
    Suggestion("previous", "the same span just before"),
    Suggestion("last year", "the same span one year earlier"),
    Suggestion("rest", "all other groups together"),
    Suggestion("total", "all rows together"),
    Suggestion("goal", "the goal that was set"),
    Suggestion("benchmark", "the published figure"),
    Suggestion("where", "the rows that meet a condition"),
  ]

  static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ].map { Suggestion($0, "weekday") }

  // MARK: Numbers

  static let durations = [
    Suggestion("1h", "one hour"), Suggestion("4h", "four hours"),
    Suggestion("15m", "15 minutes"), Suggestion("1d", "one day"), Suggestion("3d", "three days"),
    Suggestion("1h30m", "one hour and a half"), Suggestion("90s", "90 seconds"),
  ]

  static let longDurations = [
    Suggestion("30d", "30 days"), Suggestion("60d", "60 days"), Suggestion("90d", "90 days"),
    Suggestion("180d", "180 days"),
  ]

  static let ranks = numbers([5, 10, 3, 20, 1, 50], "groups")
  static let limits = numbers([10, 20, 50, 100], "rows")
  static let spans = numbers([3, 7, 4, 12, 28], "periods")

  static let levels = ["95%", "90%", "99%"].map { Suggestion($0, "the level of the interval") }

  private static func numbers(_ values: [Int], _ unit: String) -> [Suggestion] {
    values.map { Suggestion(String($0), unit) }
  }
}
