import CivilTime
import ColumnStore
import QuerySyntax

/// A column of a dataset, or of one that it reaches over many-to-one links.
public struct ColumnPath: Hashable, Sendable {
  /// The links from the dataset whose rows are looked at; empty for its own columns.
  public var steps: [LinkStep]
  /// The dataset that holds the column.
  public var dataset: Int
  /// The index of the column in its dataset.
  public var column: Int

  /// A column and the way to it.
  public init(steps: [LinkStep], dataset: Int, column: Int) {
    self.steps = steps
    self.dataset = dataset
    self.column = column
  }
}

/// A part of an instant that comes round again.
public enum TimePart: String, Hashable, Sendable, CaseIterable {
  case weekday
  case hourOfDay = "hour_of_day"
  case monthOfYear = "month_of_year"
}

/// A value of one row, every name resolved.
public indirect enum RowExpression: Hashable, Sendable {
  case column(ColumnPath)
  /// `value / 10^scale`
  case integer(Int64, scale: Int)
  case number(Double)
  case text(String)
  case missing
  case arithmetic(ArithmeticOperator, RowExpression, RowExpression)
  /// The time between two instants; missing where the end lies before the start.
  case elapsed(from: RowExpression, to: RowExpression)
  case negated(RowExpression)
  case absolute(RowExpression)
  case rounded(RowExpression, digits: Int)
  /// The period that holds an instant, as its ordinal; a civil one is a date, which no time zone moves.
  case bucket(TimeGrain, RowExpression, isCivil: Bool)
  case part(TimePart, RowExpression, isCivil: Bool)
  case choose(RowCondition, RowExpression, RowExpression)
  case coalesce([RowExpression])
  case lowercased(RowExpression)
  case uppercased(RowExpression)
  case length(RowExpression)
  /// The time since the same owner's previous row; missing for the first.
  case sincePrevious(time: RowExpression, owner: RowExpression)
  /// The part of a span that lies in business hours.
  case businessElapsed(from: RowExpression, to: RowExpression)
  /// 1 where the condition holds, else 0.
  case condition(RowCondition)
  /// The distinct values in the child rows of this row: only as a grouping key.
  case childValues(ChildPath, RowExpression)
}

/// A condition on one row; it either holds or not, and a missing value makes it not hold.
public indirect enum RowCondition: Hashable, Sendable {
  case always(Bool)
  case all([RowCondition])
  case any([RowCondition])
  case not(RowCondition)
  case compare(ComparisonOperator, RowExpression, RowExpression)
  /// The instant lies in `[lower, upper)`, in UTC seconds.
  case inSpan(RowExpression, lower: Int64?, upper: Int64?)
  /// The text equals one of the words, without regard to case.
  case textOneOf(RowExpression, [String])
  case textMatch(TextMatchOperator, RowExpression, String)
  /// Both sides are texts; equality ignores case, order goes by rank or bytes.
  case textCompare(ComparisonOperator, RowExpression, RowExpression)
  /// The number is one of the list.
  case numberOneOf(RowExpression, [Double])
  /// The list of tags holds one of the words, without regard to case.
  case tagOneOf(ColumnPath, [String])
  case tagMatch(TextMatchOperator, ColumnPath, String)
  case isMissing(RowExpression)
  /// At least one child row meets the condition.
  case exists(ChildPath, RowCondition)
}

/// What kind of value a row expression gives.
public enum RowType: Hashable, Sendable {
  case text, number, percent, duration, time, date, boolean, tags
  case bucket(TimeGrain)
  case part(TimePart)

  /// The type in the words of an error.
  public var words: String {
    switch self {
    case .text: "text"
    case .number: "a number"
    case .percent: "a percent"
    case .duration: "a duration"
    case .time: "a time"
    case .date: "a date"
    case .boolean: "a yes/no value"
    case .tags: "a list of tags"
    case .bucket(let grain): "a \(grain.rawValue)"
    case .part(let part): part.rawValue
    }
  }

  /// Whether the value is a plain quantity that can be summed and averaged.
  public var isQuantity: Bool {
    switch self {
    case .number, .percent, .duration, .boolean: true
    default: false
    }
  }
}

/// A row expression with its type.
public struct TypedRow: Hashable, Sendable {
  /// The formula or value.
  public var expression: RowExpression
  /// What kind of values they are.
  public var type: RowType

  /// An expression of a type.
  public init(_ expression: RowExpression, _ type: RowType) {
    self.expression = expression
    self.type = type
  }
}

extension RowExpression {
  /// Calls `visit` with every column that takes part in the value; those that are only tested for
  /// being missing are left out.
  public func forEachColumn(_ visit: (ColumnPath) -> Void) {
    forEachSource { source in
      switch source {
      case .column(let path): visit(path)
      case .coalesce(let operands): operands.forEach { $0.forEachColumn(visit) }
      default: break
      }
    }
  }

  /// The same with a `coalesce` as a whole: it is known where one of its operands is.
  func forEachSource(_ visit: (RowExpression) -> Void) {
    switch self {
    case .column, .coalesce: visit(self)
    case .integer, .number, .text, .missing, .childValues: break
    case .arithmetic(_, let left, let right):
      left.forEachSource(visit)
      right.forEachSource(visit)
    case .elapsed(let from, let to), .businessElapsed(let from, let to):
      from.forEachSource(visit)
      to.forEachSource(visit)
    case .negated(let operand), .absolute(let operand), .rounded(let operand, _),
      .bucket(_, let operand, _), .part(_, let operand, _), .lowercased(let operand),
      .uppercased(let operand), .length(let operand):
      operand.forEachSource(visit)
    case .choose(let condition, let first, let second):
      condition.forEachSource(visit)
      first.forEachSource(visit)
      second.forEachSource(visit)
    case .sincePrevious(let time, let owner):
      time.forEachSource(visit)
      owner.forEachSource(visit)
    case .condition(let condition): condition.forEachSource(visit)
    }
  }
}

extension RowCondition {
  /// Calls `visit` with every column and `coalesce` that the condition compares, those that are
  /// only tested for being missing left out.
  func forEachSource(_ visit: (RowExpression) -> Void) {
    switch self {
    case .always, .isMissing, .exists: break
    case .all(let parts), .any(let parts): parts.forEach { $0.forEachSource(visit) }
    case .not(let part): part.forEachSource(visit)
    case .compare(_, let left, let right), .textCompare(_, let left, let right):
      left.forEachSource(visit)
      right.forEachSource(visit)
    case .inSpan(let operand, _, _), .textOneOf(let operand, _), .textMatch(_, let operand, _),
      .numberOneOf(let operand, _):
      operand.forEachSource(visit)
    case .tagOneOf(let path, _), .tagMatch(_, let path, _): visit(.column(path))
    }
  }

  /// Both conditions; nil stands for no condition.
  public static func both(_ first: RowCondition?, _ second: RowCondition?) -> RowCondition? {
    guard let first else { return second }
    guard let second else { return first }
    return .all([first, second])
  }
}
