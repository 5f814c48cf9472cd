import CivilTime
import QueryPlanning
import QuerySyntax
import Results

/// One kind of thing that may come at a place in a statement.
indirect enum Expectation {
  /// The words that begin a statement, without measures.
  case statements
  /// Measures and aggregates.
  case measures
  /// What an aggregate looks at.
  case operands(AggregateFunction)
  /// Columns, definitions and other values of a row.
  case rowValues
  /// Those of which each row has a single one.
  case singleValues
  /// Measures that are spans between two times, and times.
  case spans
  /// Columns of some types.
  case columns(of: [Subject.Kind])
  /// What groups can be made of.
  case keys
  /// The keys that are written.
  case shownKeys
  /// What groups can be sorted by and tested for: the columns shown, then other measures.
  case groupValues
  /// What is shown, and what groups could be made of too.
  case rankingValues
  /// The operators that fit a value.
  case operators(Subject)
  /// What a value can be compared with, but for the texts named before.
  case values(Subject, excluding: [String])
  /// A plain value of any kind.
  case literals
  /// A measure or a value of a row.
  case definable
  /// A number of rows or groups.
  case counts([Suggestion])
  /// Periods of the datasets at hand.
  case periods
  /// The last period of a span that begins with this one.
  case spanEnds(from: String)
  /// What a query can be compared with.
  case baselines
  /// The industries with published figures.
  case industries
  /// The clauses that are not written yet.
  case clauses
  /// The options that are not written yet.
  case options
  /// Words of the grammar.
  case words([Suggestion])
  case datasets
  /// Everything that can be described.
  case describable
  /// Names for a dataset that is loaded.
  case roles
  case settings
  case settingValues(String)
  case files(extensions: [String])
  /// What a word in the brackets of `load … with (…)` can be.
  case loadValues(of: String)

  /// The kind of the values that may stand here, nil where none may.
  var kindOfValues: Subject.Kind? {
    switch self {
    case .values(let subject, _): subject.kind
    case .periods, .spanEnds, .baselines: .time
    case .counts: .quantity
    case .measures, .operands, .rowValues, .singleValues, .columns, .keys, .shownKeys,
      .groupValues, .rankingValues, .definable:
      .unknown
    default: nil
    }
  }
}

/// What stands on the left of an operator, as far as it decides what may follow.
indirect enum Subject {
  /// The kinds of value that differ in their operators.
  enum Kind: Hashable {
    case text, tags, quantity, duration, time, boolean, bucket, weekday, unknown
  }

  case column(ColumnPlace, Kind)
  /// A bucket of a time column, or of the clock where that is nil.
  case bucket(TimeGrain, of: ColumnPlace?)
  case part(TimePart)
  /// A value that is computed.
  case computed(Kind)

  var kind: Kind {
    switch self {
    case .column(_, let kind), .computed(let kind): kind
    case .bucket: .bucket
    case .part(.weekday): .weekday
    case .part: .quantity
    }
  }
}

/// A column of a loaded dataset, by its indices.
struct ColumnPlace: Hashable {
  var dataset: Int
  var column: Int
}

/// A candidate and what it is found by.
struct Suggestion {
  var text: String
  var meaning: String
  /// What the typed word may begin, apart from the text itself.
  var otherNames: [String] = []

  init(_ text: String, _ meaning: String, alsoAs otherNames: [String] = []) {
    self.text = text
    self.meaning = meaning
    self.otherNames = otherNames
  }
}
