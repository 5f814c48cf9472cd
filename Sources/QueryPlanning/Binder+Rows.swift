import CivilTime
import ColumnStore
import Diagnostics
import QuerySyntax

extension Binder {
  /// A row value, every name resolved and units checked.
  mutating func row(
    _ node: ExpressionNode, at place: Place
  ) throws(Diagnostic) -> TypedRow {
    switch node {
    case .name(let name):
      if let value = try row(named: name, at: place) { return value }
      if let truth = name.truth { return TypedRow(.integer(truth ? 1 : 0, scale: 0), .boolean) }
      if try isMeasureName(name) { throw rateInRow(name) }
      throw try unknown(name, at: place)
    case .parameter(let name): return try row(parameter(name), at: place)
    case .text(let text): return TypedRow(.text(text.value), .text)
    case .number(let number): return TypedRow(literal(number), .number)
    case .percent(let number): return TypedRow(literal(number), .percent)
    case .duration(let duration): return TypedRow(seconds(duration.seconds), .duration)
    case .negation(let prefix):
      let operand = try row(prefix.operand, at: place)
      guard operand.type.isQuantity else {
        throw wrongType(operand.type, at: prefix.operand.range, wanted: "a number")
      }
      return TypedRow(.negated(operand.expression), operand.type)
    case .arithmetic(let operation): return try arithmetic(operation, at: place)
    case .call(let call): return try self.call(call, at: place)
    case .comparison, .logic, .not, .membership, .between, .textMatch, .missingTest:
      return TypedRow(.condition(try condition(node, at: place)), .boolean)
    case .period(let period):
      throw Diagnostic(
        "period-as-value", "a period cannot stand here", at: period.range,
        help: "compare a time with it: `created in 2024-03`")
    case .aggregate(let aggregate):
      throw Diagnostic(
        "aggregate-in-row", "an aggregate looks at many rows, but one row is wanted here",
        at: aggregate.range, help: "filter groups with `having`")
    case .within(let within):
      throw Diagnostic(
        "aggregate-in-row", "`within` gives a share of many rows, but one row is wanted here",
        at: within.range, help: "compare the row's own value: `frt <= 1h`")
    case .invalid(let invalid):
      throw Diagnostic("unreadable", "these words could not be read", at: invalid.range)
    }
  }

  /// The literal that a parameter holds.
  /// The value of a parameter, where it has one.
  func value(of parameter: NameNode) -> ExpressionNode? {
    context.parameters[Schema.folded(parameter.text)]
  }

  func parameter(_ name: NameNode) throws(Diagnostic) -> ExpressionNode {
    if let value = value(of: name) { return value }
    let nearest = closestMatch(to: name.text, among: Array(context.parameters.keys))
    throw Diagnostic(
      "unknown-parameter", "there is no parameter '$\(Self.short(name.text))'", at: name.range,
      help: nearest.map { "did you mean `$\($0)`?" }
        ?? "give it a value: `param \(Self.short(name.text)) = …`, or --set from outside")
  }

  func rateInRow(_ name: NameNode) -> Diagnostic {
    let word = Self.short(name.text)
    let isRating = ["csat", "nps", "ces", "dsat", "csat_score"].contains(word.lowercased())
    return Diagnostic(
      "measure-in-row", "'\(word)' is a measure of many rows and has no value for a single row",
      at: name.range,
      help: isRating
        ? "filter rows by their answer with `score`, or groups with `having \(word) …`"
        : "filter groups with `having \(word) …`")
  }

  func wrongType(_ type: RowType, at range: SourceRange, wanted: String) -> Diagnostic {
    Diagnostic("wrong-type", "this is \(type.words), but \(wanted) is wanted here", at: range)
  }

  func literal(_ number: NumberNode) -> RowExpression {
    if let integer = number.integer { return .integer(integer, scale: 0) }
    let parts = number.spelling.filter { $0 != "_" }.split(separator: ".")
    if parts.count == 2, parts[1].count <= 9, let whole = Int64(parts[0].isEmpty ? "0" : parts[0]),
      let fraction = Int64(parts[1]), abs(whole) < 1_000_000_000
    {
      let scale = parts[1].count
      return .integer(whole &* PowersOfTen.integer(scale) &+ fraction, scale: scale)
    }
    return .number(number.value)
  }

  func seconds(_ value: Double) -> RowExpression {
    Int64(exactly: value).map { .integer($0, scale: 0) } ?? .number(value)
  }

  private mutating func arithmetic(
    _ node: ArithmeticNode, at place: Place
  ) throws(Diagnostic) -> TypedRow {
    let left = try row(node.left, at: place)
    let right = try row(node.right, at: place)
    guard let type = Self.type(node.operation, left.type, right.type) else {
      throw Diagnostic(
        "unit-mismatch",
        "\(left.type.words) \(node.operation.rawValue) \(right.type.words) has no meaning",
        at: node.range,
        notes: [
          "the left side is \(left.type.words), the right side \(right.type.words)"
        ],
        help: left.type == .duration || right.type == .duration
          ? "write a duration with its unit, such as `4h` or `90s`" : nil)
    }
    return TypedRow(.arithmetic(node.operation, left.expression, right.expression), type)
  }

  /// The type of an operation on two row values, nil where it has no meaning.
  static func type(
    _ operation: ArithmeticOperator, _ left: RowType, _ right: RowType
  ) -> RowType? {
    let left = left == .boolean ? .number : left
    let right = right == .boolean ? .number : right
    func isInstant(_ type: RowType) -> Bool { type == .time || type == .date }
    switch operation {
    case .subtract where isInstant(left) && isInstant(right): return .duration
    case .add where isInstant(left) && right == .duration: return .time
    case .add where left == .duration && isInstant(right): return .time
    case .subtract where isInstant(left) && right == .duration: return .time
    case .add, .subtract:
      if left == right, left.isQuantity { return left }
      if left == .percent && right == .number || left == .number && right == .percent {
        return .percent
      }
      return nil
    case .multiply:
      if left == .number, right.isQuantity { return right }
      if right == .number, left.isQuantity { return left }
      return nil
    case .divide:
      if left == right, left.isQuantity { return .number }
      if right == .number, left.isQuantity { return left }
      if left.isQuantity, right.isQuantity { return .number }
      return nil
    }
  }

  private mutating func call(_ node: CallNode, at place: Place) throws(Diagnostic) -> TypedRow {
    let name = node.function.text.lowercased()
    let arguments = node.arguments
    func wants(_ count: Int, _ usage: String) throws(Diagnostic) {
      if arguments.count != count {
        throw Diagnostic(
          "argument-count",
          "`\(name)` takes \(count) argument\(count == 1 ? "" : "s"), not "
            + "\(arguments.count)", at: node.range, help: "write `\(usage)`")
      }
    }
    if let grain = TimeGrain(rawValue: name), grain != .minute {
      try wants(1, "\(name)(created)")
      let operand = try instant(arguments[0], at: place)
      return TypedRow(
        .bucket(grain, operand.expression, isCivil: operand.type == .date), .bucket(grain))
    }
    if let part = TimePart(rawValue: name) {
      try wants(1, "\(name)(created)")
      let operand = try instant(arguments[0], at: place)
      return TypedRow(.part(part, operand.expression, isCivil: operand.type == .date), .part(part))
    }
    switch name {
    case "if":
      try wants(3, "if(condition, a, b)")
      let condition = try condition(arguments[0], at: place)
      return try choice(arguments[1], arguments[2], at: place) { first, second in
        .choose(condition, first, second)
      }
    case "coalesce":
      guard let first = arguments.first else {
        throw Diagnostic(
          "argument-count", "`coalesce` takes one or more arguments", at: node.range,
          help: "write `coalesce(a, b)`")
      }
      var result = try row(first, at: place)
      var operands = [result.expression]
      for argument in arguments.dropFirst() {
        let next = try row(argument, at: place)
        result.type = try common(result.type, next.type, at: argument.range)
        operands.append(next.expression)
      }
      return TypedRow(.coalesce(operands), result.type)
    case "lower", "upper", "length":
      try wants(1, "\(name)(subject)")
      let operand = try row(arguments[0], at: place)
      guard operand.type == .text else {
        throw wrongType(operand.type, at: arguments[0].range, wanted: "text")
      }
      switch name {
      case "lower": return TypedRow(.lowercased(operand.expression), .text)
      case "upper": return TypedRow(.uppercased(operand.expression), .text)
      default: return TypedRow(.length(operand.expression), .number)
      }
    case "abs":
      try wants(1, "abs(x)")
      let operand = try quantity(arguments[0], at: place)
      return TypedRow(.absolute(operand.expression), operand.type)
    case "round":
      guard arguments.count == 1 || arguments.count == 2 else {
        throw Diagnostic(
          "argument-count", "`round` takes a number and how many digits to keep", at: node.range,
          help: "write `round(cost, 1)`")
      }
      let operand = try quantity(arguments[0], at: place)
      return TypedRow(
        .rounded(operand.expression, digits: try digits(arguments.dropFirst().first)), operand.type)
    case "elapsed":
      try wants(2, "elapsed(created, resolved)")
      let from = try instant(arguments[0], at: place)
      let to = try instant(arguments[1], at: place)
      return TypedRow(.elapsed(from: from.expression, to: to.expression), .duration)
    case "since_previous":
      try wants(2, "since_previous(created, customer)")
      let time = try instant(arguments[0], at: place)
      let owner = try row(arguments[1], at: place)
      return TypedRow(
        .sincePrevious(time: time.expression, owner: owner.expression), .duration)
    case "business":
      try wants(1, "business(frt)")
      let operand = try row(arguments[0], at: place)
      guard case .elapsed(let from, let to) = operand.expression else {
        throw Diagnostic(
          "business-operand", "`business` counts the office hours of a span between two times",
          at: arguments[0].range, help: "write `business(frt)` or `business(resolution_time)`")
      }
      return TypedRow(.businessElapsed(from: from, to: to), .duration)
    default:
      let nearest = closestMatch(to: name, among: Self.functionNames)
      throw Diagnostic(
        "unknown-function", "there is no function called '\(Self.short(node.function.text))'",
        at: node.function.range, help: nearest.map { "did you mean `\($0)`?" })
    }
  }

  /// The functions on row values.
  public static let functionNames: [String] =
    TimeGrain.allCases.filter { $0 != .minute }.map(\.rawValue)
    + TimePart.allCases.map(\.rawValue) + [
      "if", "coalesce", "lower", "upper", "length", "abs", "round", "elapsed", "since_previous",
      "business",
    ]

  func digits(_ node: ExpressionNode?) throws(Diagnostic) -> Int {
    guard let node else { return 0 }
    guard case .number(let number) = node, let digits = number.integer, (0...15).contains(digits)
    else {
      throw Diagnostic(
        "round-digits", "the digits to keep are a whole number from 0 to 15", at: node.range)
    }
    return Int(digits)
  }

  private mutating func choice(
    _ first: ExpressionNode, _ second: ExpressionNode, at place: Place,
    _ make: (RowExpression, RowExpression) -> RowExpression
  ) throws(Diagnostic) -> TypedRow {
    let left = try row(first, at: place)
    let right = try row(second, at: place)
    let type = try common(left.type, right.type, at: second.range)
    return TypedRow(make(left.expression, right.expression), type)
  }

  private func common(
    _ left: RowType, _ right: RowType, at range: SourceRange
  ) throws(Diagnostic) -> RowType {
    if left == right { return left }
    let instants: Set<RowType> = [.time, .date]
    if instants.contains(left), instants.contains(right) { return .time }
    let numbers: Set<RowType> = [.number, .percent, .boolean]
    if numbers.contains(left), numbers.contains(right) { return .number }
    throw Diagnostic(
      "unit-mismatch", "this is \(right.words), but the values beside it are \(left.words)",
      at: range)
  }

  mutating func instant(_ node: ExpressionNode, at place: Place) throws(Diagnostic) -> TypedRow {
    let value = try row(node, at: place)
    guard value.type == .time || value.type == .date else {
      throw wrongType(value.type, at: node.range, wanted: "a time")
    }
    return value
  }

  mutating func quantity(_ node: ExpressionNode, at place: Place) throws(Diagnostic) -> TypedRow {
    let value = try row(node, at: place)
    guard value.type.isQuantity else {
      throw wrongType(value.type, at: node.range, wanted: "a number")
    }
    return value
  }
}
