import DatasetLoading
import QuerySyntax

/// The words of the grammar with one line on each, the likeliest first.
enum WordTables {
  static let comma = Suggestion(",", "one more")
  static let closing = Suggestion(")", "close the bracket")
  static let condition = Suggestion("if", "only the rows that meet a condition")
  static let naming = Suggestion("as", "a name for the column")
  static let fair = Suggestion("fair", "rank by the cautious end of the interval")

  static let logic = [
    Suggestion("and", "both conditions hold"), Suggestion("or", "one of the conditions holds"),
  ]

  /// The words that begin a statement that can be run; the tests hold them against the language's
  /// own list.
  static let statements = [
    Suggestion("list", "show rows instead of groups"),
    Suggestion("show", "list measures, datasets, columns, settings, …"),
    Suggestion("describe", "what a measure or column is"),
    Suggestion("load", "load a file into a dataset"),
    Suggestion("define", "name an expression"), Suggestion("param", "set a parameter"),
    Suggestion("set", "change a setting"), Suggestion("goal", "set a goal for a measure"),
    Suggestion("explain", "the plan of a query"),
    Suggestion("include", "run another script"),
    Suggestion("save", "write everything loaded to a snapshot, which opens at once"),
  ]

  /// The clauses of a query.
  static let clauses: [(word: Keyword, suggestion: Suggestion)] = [
    (.by, Suggestion("by", "one group for each value of a key")),
    (.where, Suggestion("where", "only the rows that meet a condition")),
    (.in, Suggestion("in", "only the rows of a period")),
    (.vs, Suggestion("vs", "compare with another period or group")),
    (.order, Suggestion("order by", "sort")),
    (.top, Suggestion("top", "the groups with the largest values")),
    (.bottom, Suggestion("bottom", "the groups with the smallest values")),
    (.having, Suggestion("having", "only the groups that meet a condition")),
    (.with, Suggestion("with", "intervals, totals, shares and other columns")),
    (.across, Suggestion("across", "one column for each value of a key")),
    (.chart, Suggestion("chart", "show it as a picture")),
    (.limit, Suggestion("limit", "at most so many rows")),
    (.offset, Suggestion("offset", "leave out the first rows")),
    (.on, Suggestion("on", "the time column that periods look at")),
    (.from, Suggestion("from", "the dataset of plain columns")),
  ]

  static let options: [(word: Keyword, suggestion: Suggestion)] = [
    (.ci, Suggestion("ci", "confidence intervals")),
    (.n, Suggestion("n", "the number of rows behind each value")),
    (.total, Suggestion("total", "a last row over all rows")),
    (.share, Suggestion("share", "each row's part of the whole")),
    (.rank, Suggestion("rank", "the place of each row")),
    (.other, Suggestion("other", "what top leaves out as one row")),
    (.running, Suggestion("running", "cumulative over the time key")),
    (.rolling, Suggestion("rolling", "the last so many periods pooled")),
    (.gaps, Suggestion("gaps", "leave out periods without rows")),
    (.open, Suggestion("open", "durations that have not ended count too")),
  ]

  static let aggregates = [
    Suggestion("count", "the number of rows, or of known values"),
    Suggestion("median", "the middle value"), Suggestion("p90", "90% of the values are below it"),
    Suggestion("avg", "the mean", alsoAs: ["mean", "average"]), Suggestion("sum", "the sum"),
    Suggestion("percent(", "the share of rows that meet a condition"),
    Suggestion("distinct", "the number of different values"),
    Suggestion("min", "the smallest value"),
    Suggestion("max", "the largest value"), Suggestion("mode", "the most frequent value"),
    Suggestion("p95", "95% of the values are below it"),
    Suggestion("p99", "99% of the values are below it"),
    Suggestion("stddev", "the standard deviation of the sample"),
    Suggestion("variance", "the variance of the sample"),
    Suggestion("corr(", "the correlation of two values"),
    Suggestion("quantile(", "the value at a fraction: quantile(frt, 0.95)"),
  ]

  static let fractions = [
    Suggestion("0.5", "the median"), Suggestion("0.9", "90% of the values are below it"),
    Suggestion("0.95", "95% of the values are below it"),
    Suggestion("0.99", "99% of the values are below it"),
    Suggestion("0.25", "the lower quartile"), Suggestion("0.75", "the upper quartile"),
  ]

  static let functions = [
    Suggestion("if(", "one of two values: if(condition, a, b)"),
    Suggestion("coalesce(", "the first value that is known"),
    Suggestion("lower(", "text in lower case"), Suggestion("upper(", "text in upper case"),
    Suggestion("length(", "the characters of a text"), Suggestion("round(", "a rounded number"),
    Suggestion("abs(", "a number without its sign"),
    Suggestion("elapsed(", "the time between two instants"),
    Suggestion("business(", "a duration in opening hours"),
  ]

  static let subjects = ShowStatement.Subject.allCases.map { subject in
    let meaning =
      switch subject {
      case .metrics: "every measure with its unit and meaning"
      case .datasets: "what is loaded"
      case .columns: "the columns with their types"
      case .definitions: "what was defined"
      case .settings: "the settings with their values"
      case .problems: "the values that were set aside while loading"
      case .goals: "the goals that were set"
      }
    return Suggestion(subject.rawValue, meaning)
  }

  static let charts = ChartNode.Kind.allCases.map { kind in
    let meaning =
      switch kind {
      case .bar: "a bar for each row"
      case .line: "a line over time"
      case .spark: "a small line in each row"
      case .heat: "a grid of two keys"
      }
    return Suggestion(kind.rawValue, meaning)
  }

  static let directions = [
    Suggestion("desc", "largest first"), Suggestion("asc", "smallest first"),
  ]

  /// The known columns of a dataset, then the options.
  static func loadNames(of dataset: String?) -> [Suggestion] {
    LoadVocabulary.columns(of: dataset).map { Suggestion($0, "the header that holds it") }
      + LoadVocabulary.options.map { Suggestion($0.name, $0.meaning) }
  }
}
