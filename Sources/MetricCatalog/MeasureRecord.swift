import QuerySyntax
import Results

/// Everything known of one built-in measure; help, completion, `describe` and the planner all
/// read this record.
public struct MeasureRecord: Sendable {
  /// The name, as a result shows it.
  public var name: String
  /// Other names of the measure.
  public var aliases: [String]
  /// What the measure is, in words.
  public var title: String
  /// The dataset it lives in.
  public var dataset: String
  /// The kind of survey it is about.
  public var kind: String?
  /// The formulas; the first whose columns are loaded is taken.
  public var formulas: [MeasureStatement.Formula]
  /// What the values are measured in.
  public var unit: ValueUnit
  /// Which way the value gets better.
  public var better: Direction
  /// The published figure in words; empty where there is none.
  public var figure: String
  /// The published figure as a number: the lower end where it is a range.
  public var target: Double?
  /// Published figures by industry.
  public var benchmarks: [(industry: String, value: Double)]
  /// Where the figures come from; empty where there are none.
  public var source: String
}
