import CivilTime
import ColumnStore
import Diagnostics
import QuerySyntax
import TextSearch

extension Binder {
  /// How many conditions one `and` or `or` may join.
  static let largestChain = 10_000

  /// A condition on the rows of a place, every name resolved.
  ///
  /// Conditions on the rows of a dataset below (surveys of a ticket) become one `exists`, which
  /// holds all of them that stand within one `and`.
  mutating func condition(
    _ node: ExpressionNode, at place: Place
  ) throws(Diagnostic) -> RowCondition {
    switch node {
    case .logic(let logic):
      guard logic.operands.count <= Self.largestChain else {
        throw Diagnostic(
          "too-many-conditions",
          "more than \(Self.largestChain) conditions are joined by `\(logic.word.rawValue)`",
          at: logic.operands[0].range, help: "write a list: `x in (a, b, …)`")
      }
      return logic.word == .and
        ? try conjunction(logic.operands, at: place) : try disjunction(logic.operands, at: place)
    case .not(let prefix): return .not(try condition(prefix.operand, at: place))
    case .missingTest(let test):
      // Of several rows, one that has a value is enough.
      guard let shared = try shared(for: test.operand, at: place) else { fallthrough }
      let value = try row(test.operand, at: Place(dataset: shared.dataset)).expression
      let isKnown = RowCondition.exists(shared, .not(.isMissing(value)))
      return test.isNegated ? isKnown : .not(isKnown)
    default:
      if let child = try child(for: node, at: place) {
        return .exists(child, try atom(node, at: Place(dataset: child.dataset)))
      }
      return try atom(node, at: place)
    }
  }

  mutating func disjunction(
    _ operands: [ExpressionNode], at place: Place
  ) throws(Diagnostic) -> RowCondition {
    var parts: [RowCondition] = []
    for operand in operands { parts.append(try condition(operand, at: place)) }
    return .any(parts)
  }

  mutating func conjunction(
    _ operands: [ExpressionNode], at place: Place
  ) throws(Diagnostic) -> RowCondition {
    var parts: [RowCondition] = []
    var below: [(child: ChildPath, operands: [ExpressionNode])] = []
    for operand in operands.flatMap(conjuncts) {
      if let child = try purelyBelow(operand, at: place) {
        if let index = below.firstIndex(where: { $0.child == child }) {
          below[index].operands.append(operand)
        } else {
          below.append((child, [operand]))
        }
      } else if operand.isAtom {
        parts.append(try atom(operand, at: place))
      } else {
        parts.append(try condition(operand, at: place))
      }
    }
    for (child, operands) in below {
      if operands.count == 1 {
        parts.append(try condition(operands[0], at: place))
      } else {
        let inner = try conjunction(operands, at: Place(dataset: child.dataset))
        parts.append(.exists(child, inner))
      }
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// The parts of an `and`, also of one in brackets.
  private func conjuncts(_ node: ExpressionNode) -> [ExpressionNode] {
    guard case .logic(let logic) = node, logic.word == .and else { return [node] }
    return logic.operands.flatMap(conjuncts)
  }

  /// The child dataset that every leaf of a condition needs; nil where some leaf does not.
  mutating func purelyBelow(
    _ node: ExpressionNode, at place: Place
  ) throws(Diagnostic) -> ChildPath? {
    switch node {
    case .logic(let logic):
      var found: ChildPath?
      for operand in logic.operands {
        guard let child = try purelyBelow(operand, at: place) else { return nil }
        if let found, found != child { return nil }
        found = child
      }
      return found
    case .not(let prefix): return try purelyBelow(prefix.operand, at: place)
    default: return try child(for: node, at: place)
    }
  }

  /// A condition without `and`, `or` and `not`.
  mutating func atom(
    _ node: ExpressionNode, at place: Place
  ) throws(Diagnostic) -> RowCondition {
    switch node {
    case .comparison(let comparison): return try self.comparison(comparison, at: place)
    case .membership(let membership):
      let inner = try self.membership(membership, at: place)
      return membership.isNegated ? .not(inner) : inner
    case .between(let between):
      let lower = ComparisonNode(
        operation: .greaterOrEqual, left: between.operand, right: between.lower,
        range: between.range)
      let upper = ComparisonNode(
        operation: .lessOrEqual, left: between.operand, right: between.upper, range: between.range)
      let inner = RowCondition.all([
        try comparison(lower, at: place), try comparison(upper, at: place),
      ])
      return between.isNegated ? .not(inner) : inner
    case .textMatch(let match):
      let inner = try textMatch(match, at: place)
      return match.isNegated ? .not(inner) : inner
    case .missingTest(let test):
      let inner = RowCondition.isMissing(try row(test.operand, at: place).expression)
      return test.isNegated ? .not(inner) : inner
    case .logic, .not: return try condition(node, at: place)
    case .name(let name) where name.truth != nil:
      if let value = try row(named: name, at: place) { return try truth(value, of: node) }
      return .always(name.truth == true)
    case .parameter(let name): return try atom(parameter(name), at: place)
    default: return try truth(row(node, at: place), of: node)
    }
  }

  func truth(
    _ value: TypedRow, of node: ExpressionNode
  ) throws(Diagnostic) -> RowCondition {
    guard value.type == .boolean else {
      throw Diagnostic(
        "not-a-condition", "this is \(value.type.words), but a condition is wanted here",
        at: node.range, help: "compare it with a value, such as `… = x`")
    }
    if case .condition(let condition) = value.expression { return condition }
    return .compare(.equal, value.expression, .integer(1, scale: 0))
  }

  // MARK: Comparisons

  mutating func comparison(
    _ node: ComparisonNode, at place: Place
  ) throws(Diagnostic) -> RowCondition {
    // `!=` is the exact negation of `=`.
    if node.operation == .notEqual {
      var positive = node
      positive.operation = .equal
      return .not(try comparison(positive, at: place))
    }
    var right = node.right
    if case .parameter(let name) = right { right = try parameter(name) }
    if try isMeasure(node.left) { _ = try row(node.left, at: place) }
    let left = try row(node.left, at: place)
    switch left.type {
    case .time, .date:
      if let period = Self.periodNode(right, at: right.range) {
        return try instant(left, node.operation, period, at: place)
      }
    case .bucket(let grain):
      if let condition = try bucket(left, grain, node.operation, right, at: place) {
        return condition
      }
    case .part(let part):
      if let value = Self.ordinal(of: right, in: part) {
        return .compare(node.operation, left.expression, .integer(value, scale: 0))
      }
    case .text: return try text(left, node, right, at: place)
    case .tags:
      guard node.operation == .equal, case .column(let path) = left.expression else {
        throw Diagnostic(
          "tags-order", "tags can be compared with `=`, `!=` and `in` only", at: node.range)
      }
      let word = try self.word(right)
      warnUnseen(word, in: path, at: right.range)
      return .tagOneOf(path, [word])
    case .boolean:
      if case .name(let name) = right, let value = Self.boolean(name.text) {
        return .compare(node.operation, left.expression, .integer(value ? 1 : 0, scale: 0))
      }
    case .number, .percent, .duration: break
    }
    let other = try row(right, at: place)
    try checkComparable(left, other, node)
    return .compare(node.operation, left.expression, other.expression)
  }

  static func boolean(_ word: String) -> Bool? {
    switch word.lowercased() {
    case "true", "yes": true
    case "false", "no": false
    default: nil
    }
  }

  func checkComparable(
    _ left: TypedRow, _ right: TypedRow, _ node: ComparisonNode
  ) throws(Diagnostic) {
    let loose: Set<RowType> = [.number, .percent, .boolean]
    let instants: Set<RowType> = [.time, .date]
    if left.type == right.type { return }
    if loose.contains(left.type), loose.contains(right.type) {
      guard left.type == .boolean, case .number(let number) = node.right,
        number.value != 0, number.value != 1
      else { return }
      throw Diagnostic(
        "unit-mismatch",
        "'\(Self.short(Printer.print(node.left)))' is true or false, but "
          + "'\(number.spelling)' is a plain number", at: node.right.range,
        help: "write `true` or `false`")
    }
    if instants.contains(left.type), instants.contains(right.type) { return }
    if left.type == .duration, right.expression == .integer(0, scale: 0) { return }
    if case .part(let part) = left.type, right.type == .number {
      // Weeks begin on Monday for some and on Sunday for others: a number means no weekday.
      guard part == .weekday else { return }
      throw Diagnostic(
        "wrong-grain", "'\(Self.short(Printer.print(node.right)))' is not a weekday",
        at: node.right.range, help: "write its name: `Monday`, or `mon`")
    }
    if left.type == .duration, right.type == .number {
      let spelling = Printer.print(node.right)
      throw Diagnostic(
        "unit-mismatch",
        "'\(Self.short(Printer.print(node.left)))' is a duration, but "
          + "'\(Self.short(spelling))' is a plain number", at: node.right.range,
        help: "write its unit: `\(spelling)h`, `\(spelling)m` or `\(spelling)s`")
    }
    throw Diagnostic(
      "unit-mismatch",
      "'\(Self.short(Printer.print(node.left)))' is \(left.type.words), but "
        + "\(Self.quoted(node.right)) is \(right.type.words)",
      at: node.right.range)
  }

  /// The user's words in quotes; a text has its own.
  static func quoted(_ node: ExpressionNode) -> String {
    if case .text = node { return short(Printer.print(node)) }
    return "'\(short(Printer.print(node)))'"
  }

  mutating func instant(
    _ left: TypedRow, _ operation: ComparisonOperator, _ node: PeriodNode, at place: Place
  ) throws(Diagnostic) -> RowCondition {
    let period = try period(node, lastInstant: lastInstant(of: left.expression))
    note(
      period, node, of: left.expression, isCivil: left.type == .date,
      isSought: operation == .equal)
    let span = shifted(period).span(settings, isCivil: left.type == .date)
    return Self.condition(left.expression, operation, span)
  }

  /// An instant compared with a span: `>` is after its end, `>=` from its start on, `<` before
  /// its start, `<=` up to its end.
  static func condition(
    _ instant: RowExpression, _ operation: ComparisonOperator, _ span: Range<Int64>
  ) -> RowCondition {
    switch operation {
    case .equal: .inSpan(instant, lower: span.lowerBound, upper: span.upperBound)
    case .notEqual: .not(.inSpan(instant, lower: span.lowerBound, upper: span.upperBound))
    case .less: .inSpan(instant, lower: nil, upper: span.lowerBound)
    case .lessOrEqual: .inSpan(instant, lower: nil, upper: span.upperBound)
    case .greater: .inSpan(instant, lower: span.upperBound, upper: nil)
    case .greaterOrEqual: .inSpan(instant, lower: span.lowerBound, upper: nil)
    }
  }

  /// The last known instant of the time column that an expression reads first.
  func lastInstant(of expression: RowExpression) -> Int64? {
    var last: Int64?
    expression.forEachColumn { path in
      let range = context.facts.timeRange(dataset: path.dataset, column: path.column)
      if let upper = range?.upperBound { last = max(last ?? upper, upper) }
    }
    return last
  }

  mutating func bucket(
    _ left: TypedRow, _ grain: TimeGrain, _ operation: ComparisonOperator,
    _ right: ExpressionNode, at place: Place
  ) throws(Diagnostic) -> RowCondition? {
    guard case .bucket(_, let instant, let isCivil) = left.expression,
      let node = Self.periodNode(right, at: right.range)
    else {
      if case .number(let number) = right {
        throw Diagnostic(
          "wrong-grain", "'\(number.spelling)' is not a \(grain.rawValue)", at: right.range,
          help: "write it as `\(example(grain))`; `month_of_year` and `hour_of_day` are numbers")
      }
      if case .name(let name) = right, try row(named: name, at: place) == nil {
        throw Diagnostic(
          "wrong-grain", "'\(Self.short(name.text))' is not a \(grain.rawValue)", at: right.range,
          help: "write it as `\(example(grain))`")
      }
      return nil
    }
    let period = try period(node, lastInstant: lastInstant(of: instant))
    guard period.grain == grain else {
      let buckets = settings.buckets(grain)
      let first = buckets.bucket(ofUTC: period.span(settings, isCivil: false).lowerBound)
      throw Diagnostic(
        "wrong-grain",
        "`\(grain.rawValue)` is compared with a \(period.grain.rawValue), "
          + "'\(Printer.print(right))'", at: right.range,
        help:
          "write `\(period.grain.rawValue) \(operation.rawValue) \(Printer.print(right))`, or a "
          + "\(grain.rawValue) such as `\(buckets.label(first))`")
    }
    note(period, node, of: instant, isCivil: isCivil, isSought: operation == .equal)
    return Self.condition(instant, operation, shifted(period).span(settings, isCivil: isCivil))
  }

  func example(_ grain: TimeGrain) -> String {
    settings.buckets(grain).label(settings.buckets(grain).bucket(ofDay: Int64(settings.currentDay)))
  }

  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// The number of a weekday or month by its name, or its first three letters.
  static func ordinal(of node: ExpressionNode, in part: TimePart) -> Int64? {
    let word: String
    switch node {
    case .name(let name): word = name.text.lowercased()
    case .text(let text): word = text.value.lowercased()
    default: return nil
    }
    let names = part == .weekday ? weekdays : part == .monthOfYear ? months : []
    guard let index = names.firstIndex(where: { $0 == word || $0.prefix(3) == word }) else {
      return nil
    }
    return Int64(part == .monthOfYear ? index + 1 : index)
  }

  // MARK: Lists

  mutating func membership(
    _ node: MembershipNode, at place: Place
  ) throws(Diagnostic) -> RowCondition {
    let operand = try row(node.operand, at: place)
    if node.isPeriod || operand.type == .time || operand.type == .date {
      return try periods(node, operand, at: place)
    }
    switch operand.type {
    case .text:
      var words: [String] = []
      for value in node.values { words.append(try word(value)) }
      if case .column(let path) = operand.expression, node.values.count <= 20 {
        for (word, value) in zip(words, node.values) {
          warnUnseen(word, in: path, at: value.range)
        }
      }
      return .textOneOf(operand.expression, words)
    case .tags:
      guard case .column(let path) = operand.expression else { return .always(false) }
      var words: [String] = []
      for value in node.values { words.append(try word(value)) }
      return .tagOneOf(path, words)
    case .number, .percent, .duration:
      if let numbers = try numbers(node.values, for: operand) {
        return .numberOneOf(operand.expression, numbers)
      }
    default: break
    }
    var parts: [RowCondition] = []
    for value in node.values {
      parts.append(
        try comparison(
          ComparisonNode(
            operation: .equal, left: node.operand, right: value, range: node.range), at: place))
    }
    return .any(parts)
  }

  mutating func numbers(
    _ values: [ExpressionNode], for operand: TypedRow
  ) throws(Diagnostic) -> [Double]? {
    var numbers: [Double] = []
    for value in values {
      switch value {
      case .number(let number) where operand.type != .duration: numbers.append(number.value)
      case .percent(let number) where operand.type != .duration: numbers.append(number.value)
      case .duration(let duration) where operand.type == .duration:
        numbers.append(duration.seconds)
      default: return nil
      }
    }
    return numbers
  }

  mutating func periods(
    _ node: MembershipNode, _ operand: TypedRow, at place: Place
  ) throws(Diagnostic) -> RowCondition {
    var instant = operand.expression
    var isCivil = operand.type == .date
    if case .bucket(_, let inner, let civil) = operand.expression {
      instant = inner
      isCivil = civil
    } else if operand.type != .time && operand.type != .date {
      throw Diagnostic(
        "not-a-time",
        "'\(Self.short(Printer.print(node.operand)))' is \(operand.type.words), "
          + "not a time", at: node.operand.range,
        help: "a time column goes before `in PERIOD`, such as `created in 2024-03`")
    }
    var parts: [RowCondition] = []
    for value in node.values {
      var value = value
      if case .parameter(let name) = value { value = try parameter(name) }
      guard let period = Self.periodNode(value, at: value.range) else {
        throw Diagnostic(
          "not-a-period", "'\(Self.short(Printer.print(value)))' is not a period", at: value.range,
          help: "write a period such as `2024-03`, `2024-Q1` or `last 8 weeks`")
      }
      let resolved = try self.period(period, lastInstant: lastInstant(of: instant))
      note(
        resolved, period, of: instant, isCivil: isCivil,
        isSought: node.values.count == 1 && !node.isNegated)
      let span = shifted(resolved).span(settings, isCivil: isCivil)
      parts.append(.inSpan(instant, lower: span.lowerBound, upper: span.upperBound))
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }
}

extension ExpressionNode {
  /// Whether it is a condition without `and`, `or` and `not` that looks at one row.
  fileprivate var isAtom: Bool {
    switch self {
    case .logic, .not, .missingTest: false
    default: true
    }
  }
}
