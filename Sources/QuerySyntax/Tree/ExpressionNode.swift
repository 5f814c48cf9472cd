import Diagnostics

/// A value, condition or measure as it was written: every case carries one node with its range.
public indirect enum ExpressionNode: Sendable {
  /// A bare word or a name in backticks: a column, measure, definition or, on the right of a
  /// comparison, text.
  case name(NameNode)
  /// Text in quotes.
  case text(TextNode)
  /// A number such as `42`, `1_000` or `2.5`.
  case number(NumberNode)
  /// A percent such as `80%`.
  case percent(NumberNode)
  /// A duration such as `1h30m`.
  case duration(DurationNode)
  /// A period, relative period or span of periods.
  case period(PeriodNode)
  /// A parameter such as `$month`.
  case parameter(NameNode)
  /// A function with its arguments in brackets, such as `month(resolved)` or `if(a, b, c)`.
  case call(CallNode)
  /// An aggregate such as `p90 frt`, `count` or `percent(frt <= 1h)`.
  case aggregate(AggregateNode)
  /// `- x`
  case negation(PrefixNode)
  /// `not x`
  case not(PrefixNode)
  /// `a + b`, `a - b`, `a * b`, `a / b`
  case arithmetic(ArithmeticNode)
  /// `a = b`, `a != b`, `a < b`, …
  case comparison(ComparisonNode)
  /// `a and b and c`, `a or b or c`: one flat node for a chain of the same word.
  case logic(LogicNode)
  /// `x in (a, b)`, `x not in (a, b)`, `x in PERIOD`
  case membership(MembershipNode)
  /// `x between a and b`
  case between(BetweenNode)
  /// `x contains y`, `starts with`, `ends with`, `matches`
  case textMatch(TextMatchNode)
  /// `x is missing`, `x is not missing`
  case missingTest(MissingTestNode)
  /// `frt within 1h`
  case within(WithinNode)
  /// Words that could not be read; the parser has reported them.
  case invalid(InvalidNode)
}

extension ExpressionNode {
  /// Where the expression stands in the source text.
  public var range: SourceRange {
    switch self {
    case .name(let node), .parameter(let node): node.range
    case .text(let node): node.range
    case .number(let node), .percent(let node): node.range
    case .duration(let node): node.range
    case .period(let node): node.range
    case .call(let node): node.range
    case .aggregate(let node): node.range
    case .negation(let node), .not(let node): node.range
    case .arithmetic(let node): node.range
    case .comparison(let node): node.range
    case .logic(let node): node.range
    case .membership(let node): node.range
    case .between(let node): node.range
    case .textMatch(let node): node.range
    case .missingTest(let node): node.range
    case .within(let node): node.range
    case .invalid(let node): node.range
    }
  }
}

/// A name as it was written.
public struct NameNode: Sendable {
  /// The name without backticks or `$`, its case as written.
  public var text: String
  /// Whether it stood in backticks, and so can never be a keyword or bare text.
  public var isQuoted: Bool
  /// Where it stands in the source text.
  public var range: SourceRange

  /// What `true` and `false` mean where nothing else is called so; nil for other names.
  public var truth: Bool? {
    guard !isQuoted, text.utf8.count == 4 || text.utf8.count == 5 else { return nil }
    switch text.lowercased() {
    case "true": return true
    case "false": return false
    default: return nil
    }
  }

  /// A name.
  public init(text: String, isQuoted: Bool = false, range: SourceRange) {
    self.text = text
    self.isQuoted = isQuoted
    self.range = range
  }
}

/// Text in quotes.
public struct TextNode: Sendable {
  /// The text without its quotes, doubled quotes made single.
  public var value: String
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A text literal.
  public init(value: String, range: SourceRange) {
    self.value = value
    self.range = range
  }
}

/// A number, or the number before a percent sign.
public struct NumberNode: Sendable {
  /// The value as written.
  public var value: Double
  /// The value where it was written without point and exponent and fits.
  public var integer: Int64?
  /// The digits as written, without `%`.
  public var spelling: String
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A number literal.
  public init(value: Double, integer: Int64?, spelling: String, range: SourceRange) {
    self.value = value
    self.integer = integer
    self.spelling = spelling
    self.range = range
  }
}

/// A duration literal.
public struct DurationNode: Sendable {
  /// The length in seconds.
  public var seconds: Double
  /// As written, such as `1h30m`.
  public var spelling: String
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A duration literal.
  public init(seconds: Double, spelling: String, range: SourceRange) {
    self.seconds = seconds
    self.spelling = spelling
    self.range = range
  }
}

/// A function with its arguments.
public struct CallNode: Sendable {
  /// What is called, or the aggregate.
  public var function: NameNode
  /// The arguments in order.
  public var arguments: [ExpressionNode]
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A call.
  public init(function: NameNode, arguments: [ExpressionNode], range: SourceRange) {
    self.function = function
    self.arguments = arguments
    self.range = range
  }
}

/// What an aggregate does with the rows of a group.
public enum AggregateFunction: Hashable, Sendable {
  case count, sum, average, median, minimum, maximum, standardDeviation, variance, distinct, mode
  case percent, correlation
  /// `quantile(x, 0.95)`, where the second argument is the fraction.
  case quantile
  /// `p90`, `p99.9`: the percentile from 0 to 100, and its digits as written.
  case percentile(Double, spelling: String)
}

/// An aggregate, with or without brackets around its operand.
public struct AggregateNode: Sendable {
  /// What is called, or the aggregate.
  public var function: AggregateFunction
  /// Empty for a bare `count`; `count(*)` is kept as a bare `count` too.
  public var arguments: [ExpressionNode]
  /// `sum(replies if reply_time is not missing)`: the rows that take part.
  public var filter: ExpressionNode?
  /// Where it stands in the source text.
  public var range: SourceRange

  /// An aggregate.
  public init(
    function: AggregateFunction, arguments: [ExpressionNode], filter: ExpressionNode? = nil,
    range: SourceRange
  ) {
    self.function = function
    self.arguments = arguments
    self.filter = filter
    self.range = range
  }
}

/// An operator before its operand.
public struct PrefixNode: Sendable {
  /// The operand.
  public var operand: ExpressionNode
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A prefixed operand.
  public init(operand: ExpressionNode, range: SourceRange) {
    self.operand = operand
    self.range = range
  }
}

/// The four operations of arithmetic.
public enum ArithmeticOperator: String, Hashable, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

/// One operation of arithmetic.
public struct ArithmeticNode: Sendable {
  /// The operator.
  public var operation: ArithmeticOperator
  /// The left operand.
  public var left: ExpressionNode
  /// The right operand.
  public var right: ExpressionNode
  /// Where it stands in the source text.
  public var range: SourceRange

  /// An operation on two operands.
  public init(
    operation: ArithmeticOperator, left: ExpressionNode, right: ExpressionNode, range: SourceRange
  ) {
    self.operation = operation
    self.left = left
    self.right = right
    self.range = range
  }
}

/// The comparison operators, in their canonical spelling.
public enum ComparisonOperator: String, Hashable, Sendable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// A comparison of two values.
public struct ComparisonNode: Sendable {
  /// The operator.
  public var operation: ComparisonOperator
  /// The left operand.
  public var left: ExpressionNode
  /// The right operand.
  public var right: ExpressionNode
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A comparison.
  public init(
    operation: ComparisonOperator, left: ExpressionNode, right: ExpressionNode, range: SourceRange
  ) {
    self.operation = operation
    self.left = left
    self.right = right
    self.range = range
  }
}

/// A chain of conditions.
public struct LogicNode: Sendable {
  /// How the conditions are joined.
  public enum Word: String, Hashable, Sendable { case and, or }

  /// The word between the conditions.
  public var word: Word
  /// Two or more conditions.
  public var operands: [ExpressionNode]
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A chain of conditions joined by one word.
  public init(word: Word, operands: [ExpressionNode], range: SourceRange) {
    self.word = word
    self.operands = operands
    self.range = range
  }
}

/// A test whether a value is one of a list, or lies in a period.
public struct MembershipNode: Sendable {
  /// The operand.
  public var operand: ExpressionNode
  /// The list; a single `.period` where written without brackets (`created in 2024-03`).
  public var values: [ExpressionNode]
  /// Whether `not` stands before the operator.
  public var isNegated: Bool
  /// Whether the right side was a bare period rather than a bracketed list.
  public var isPeriod: Bool
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A membership test.
  public init(
    operand: ExpressionNode, values: [ExpressionNode], isNegated: Bool, isPeriod: Bool,
    range: SourceRange
  ) {
    self.operand = operand
    self.values = values
    self.isNegated = isNegated
    self.isPeriod = isPeriod
    self.range = range
  }
}

/// A test whether a value lies between two others, both ends included.
public struct BetweenNode: Sendable {
  /// The operand.
  public var operand: ExpressionNode
  /// The lower end.
  public var lower: ExpressionNode
  /// The upper end.
  public var upper: ExpressionNode
  /// Whether `not` stands before the operator.
  public var isNegated: Bool
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A range test.
  public init(
    operand: ExpressionNode, lower: ExpressionNode, upper: ExpressionNode, isNegated: Bool,
    range: SourceRange
  ) {
    self.operand = operand
    self.lower = lower
    self.upper = upper
    self.isNegated = isNegated
    self.range = range
  }
}

/// How a text is searched.
public enum TextMatchOperator: String, Hashable, Sendable, CaseIterable {
  case contains
  case startsWith = "starts with"
  case endsWith = "ends with"
  case matches
}

/// A search in a text.
public struct TextMatchNode: Sendable {
  /// The operator.
  public var operation: TextMatchOperator
  /// The operand.
  public var operand: ExpressionNode
  /// What is searched for.
  public var pattern: ExpressionNode
  /// Whether `not` stands before the operator.
  public var isNegated: Bool
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A text search.
  public init(
    operation: TextMatchOperator, operand: ExpressionNode, pattern: ExpressionNode,
    isNegated: Bool, range: SourceRange
  ) {
    self.operation = operation
    self.operand = operand
    self.pattern = pattern
    self.isNegated = isNegated
    self.range = range
  }
}

/// A test whether a value is missing.
public struct MissingTestNode: Sendable {
  /// The operand.
  public var operand: ExpressionNode
  /// `is not missing`.
  public var isNegated: Bool
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A test for a missing value.
  public init(operand: ExpressionNode, isNegated: Bool, range: SourceRange) {
    self.operand = operand
    self.isNegated = isNegated
    self.range = range
  }
}

/// `MEASURE within DURATION`.
public struct WithinNode: Sendable {
  /// The operand.
  public var operand: ExpressionNode
  /// A duration literal or a parameter.
  public var limit: ExpressionNode
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A measure with a limit.
  public init(operand: ExpressionNode, limit: ExpressionNode, range: SourceRange) {
    self.operand = operand
    self.limit = limit
    self.range = range
  }
}

/// Words that could not be read.
public struct InvalidNode: Sendable {
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A placeholder for unreadable words.
  public init(range: SourceRange) {
    self.range = range
  }
}
