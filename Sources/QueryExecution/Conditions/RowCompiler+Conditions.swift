import ColumnStore
import QueryPlanning
import QuerySyntax
import TextSearch

extension RowCompiler {
  /// An operator that decides a condition.
  func condition(_ condition: RowCondition) throws(ExecutionError) -> ConditionOperator {
    switch condition {
    case .always(let holds): return ConstantCondition(holds)
    case .all(let parts): return try chain(parts, isAnd: true)
    case .any(let parts): return try chain(parts, isAnd: false)
    case .not(let part): return NotCondition(try self.condition(part))
    case .inSpan(let instant, let lower, let upper): return try span(instant, lower, upper)
    case .compare(let operation, let left, let right):
      return try compare(operation, left, right)
    case .numberOneOf(let operand, let numbers):
      return NumberListCondition(try number(operand), numbers)
    case .textOneOf(let operand, let words): return try textOneOf(operand, words)
    case .textMatch(let operation, let operand, let pattern):
      return try textMatch(operation, operand, pattern)
    case .textCompare(let operation, let left, let right):
      return try textCompare(operation, left, right)
    case .tagOneOf(let path, let words):
      return tags(path, .oneOf(words.map { TextNeedle($0) }))
    case .tagMatch(let operation, let path, let pattern):
      return tags(path, try TextSearchTerm(operation, pattern))
    case .isMissing(let operand): return try missing(operand)
    case .exists(let child, let inner): return try exists(child, inner)
    }
  }

  private func chain(
    _ parts: [RowCondition], isAnd: Bool
  ) throws(ExecutionError) -> ConditionOperator {
    var compiled: [ConditionOperator] = []
    for part in parts { compiled.append(try condition(part)) }
    return isAnd ? AllCondition(compiled) : AnyCondition(compiled)
  }

  /// The rows of the whole dataset that meet a condition.
  func bitmap(_ condition: RowCondition) throws(ExecutionError) -> Bitmap {
    let result = Bitmap(count: rowCount)
    let evaluator = try self.condition(condition)
    for block in Blocks.all(rowCount) {
      try store.cancellation.check()
      evaluator.evaluate(block, result.words + block.start &>> 6)
    }
    return result
  }

  // MARK: Numbers

  private func span(
    _ instant: RowExpression, _ lower: Int64?, _ upper: Int64?
  ) throws(ExecutionError) -> ConditionOperator {
    let low = lower ?? Int64.min
    let high = upper.map { $0 - 1 } ?? Int64.max
    let instant = withoutNeedlessChoices(instant)
    if case .column(let path) = instant, case .number(let column) = column(path),
      column.width != .float64
    {
      return ColumnRangeCondition(
        column, low: Self.scaled(low, column.scale), high: Self.scaledEnd(high, column.scale))
    }
    return NumberRangeCondition(
      WholeSecondsOperator.make(try number(instant)), low: low, high: high)
  }

  private static func scaled(_ value: Int64, _ scale: Int) -> Int64 {
    let (product, overflow) = value.multipliedReportingOverflow(by: PowersOfTen.integer(scale))
    return overflow ? (value < 0 ? .min : .max) : product
  }

  /// The last stored integer within the second `value`.
  private static func scaledEnd(_ value: Int64, _ scale: Int) -> Int64 {
    let start = scaled(value, scale)
    let (end, overflow) = start.addingReportingOverflow(PowersOfTen.integer(scale) - 1)
    return overflow ? .max : end
  }

  private func compare(
    _ operation: ComparisonOperator, _ left: RowExpression, _ right: RowExpression
  ) throws(ExecutionError) -> ConditionOperator {
    guard let bound = Self.constant(right) else {
      if Self.constant(left) != nil {
        return try compare(operation.mirrored, right, left)
      }
      return CompareCondition(operation, try number(left), try number(right))
    }
    if case .column(let path) = left, case .number(let column) = column(path),
      column.width != .float64
    {
      let (low, high) = Self.range(operation, bound, scale: column.scale)
      return ColumnRangeCondition(column, low: low, high: high)
    }
    let operand = try number(left)
    guard operand.form.isInteger else {
      return CompareCondition(operation, operand, try number(right))
    }
    let (low, high) = Self.range(operation, bound, scale: operand.form.scale)
    return NumberRangeCondition(operand, low: low, high: high)
  }

  /// A constant as an exact decimal.
  private static func constant(_ expression: RowExpression) -> (value: Int64, scale: Int)? {
    switch expression {
    case .integer(let value, let scale): return (value, scale)
    case .number(let value): return Int64(exactly: value).map { ($0, 0) }
    case .negated(let inner): return constant(inner).map { (0 &- $0.value, $0.scale) }
    default: return nil
    }
  }

  /// The stored integers of a scale that compare as asked with a decimal.
  static func range(
    _ operation: ComparisonOperator, _ bound: (value: Int64, scale: Int), scale: Int
  ) -> (low: Int64, high: Int64) {
    let floor: Int64
    let isExact: Bool
    if bound.scale <= scale {
      floor = scaled(bound.value, scale - bound.scale)
      isExact = true
    } else {
      let factor = PowersOfTen.integer(bound.scale - scale)
      let (quotient, rest) = bound.value.quotientAndRemainder(dividingBy: factor)
      floor = rest < 0 ? quotient - 1 : quotient
      isExact = rest == 0
    }
    switch operation {
    case .equal, .notEqual: return isExact ? (floor, floor) : (1, 0)
    case .less: return (.min, isExact ? floor == .min ? .min : floor - 1 : floor)
    case .lessOrEqual: return (.min, floor)
    case .greater: return (floor == .max ? .max : floor + 1, .max)
    case .greaterOrEqual: return (isExact ? floor : floor + 1, .max)
    }
  }

  // MARK: Text

  /// A search in a column whose texts hardly repeat; nil where the operand is something else.
  private func search(
    _ search: TextSearchTerm, in operand: RowExpression
  ) -> ConditionOperator? {
    guard case .column(let path) = operand else { return nil }
    switch column(path) {
    case .text(let column): return HeapCondition(column, search)
    case .template(let column):
      if !search.isBlindToDigits { return TemplateCondition(column, search) }
      let templates = column.templates
      return CodeCondition(templates.codes, table: search.table(of: templates.dictionary))
    case .number, .dictionary, .tags: return nil
    }
  }

  private func textOneOf(
    _ operand: RowExpression, _ words: [String]
  ) throws(ExecutionError) -> ConditionOperator {
    let term = TextSearchTerm.oneOf(words.map { TextNeedle($0) })
    if words.count <= 8, let condition = search(term, in: operand) { return condition }
    let texts = try dictionary(operand)
    if words.count <= 4 {
      return CodeCondition(texts.codes, table: term.table(of: texts.dictionary))
    }
    let folded = Set(words.map { $0.lowercased() })
    return CodeCondition(
      texts.codes,
      table: [0]
        + (0..<texts.dictionary.count).map {
          folded.contains(texts.dictionary.string($0).lowercased()) ? 1 : 0
        })
  }

  private func textMatch(
    _ operation: TextMatchOperator, _ operand: RowExpression, _ pattern: String
  ) throws(ExecutionError) -> ConditionOperator {
    let term = try TextSearchTerm(operation, pattern)
    if let condition = search(term, in: operand) { return condition }
    let texts = try dictionary(operand)
    return CodeCondition(texts.codes, table: term.table(of: texts.dictionary))
  }

  private func textCompare(
    _ operation: ComparisonOperator, _ left: RowExpression, _ right: RowExpression
  ) throws(ExecutionError) -> ConditionOperator {
    let (first, second) = (try dictionary(left), try dictionary(right))
    let order = try TextOrder(
      texts: [first.dictionary, second.dictionary], check: store.checkCancellation)
    let result = Bitmap(count: rowCount)
    for row in 0..<rowCount {
      let (a, b) = (first.codes[row], second.codes[row])
      guard a != 0, b != 0 else { continue }
      let (x, y) = (order.rank(0, a - 1), order.rank(1, b - 1))
      if CompareCondition.holds(operation, x, y) {
        result.words[row &>> 6] |= 1 &<< UInt64(row & 63)
      }
    }
    return BitmapCondition(result)
  }

  private func tags(_ path: ColumnPath, _ term: TextSearchTerm) -> ConditionOperator {
    guard case .tags(let column) = column(path) else { return ConstantCondition(false) }
    return ListCodeCondition(column, table: term.table(of: column.dictionary))
  }

  // MARK: Missing values and child rows

  private func missing(_ operand: RowExpression) throws(ExecutionError) -> ConditionOperator {
    if case .column(let path) = operand {
      switch column(path) {
      case .number(let column): return MissingColumnCondition(column.validity)
      case .text(let column): return MissingColumnCondition(column.validity)
      case .dictionary(let column): return Self.missing(column)
      case .template(let column): return Self.missing(column.templates)
      case .tags(let column):
        return BitmapCondition(Bitmap((0..<rowCount).map { column.run($0).isEmpty }))
      }
    }
    switch operand {
    case .lowercased, .uppercased: return try missing(.column(firstColumn(operand)))
    default: return MissingNumberCondition(try number(operand))
    }
  }

  private static func missing(_ texts: DictionaryColumn) -> ConditionOperator {
    CodeCondition(texts.codes, table: [1] + repeatElement(0, count: texts.dictionary.count))
  }

  private func firstColumn(_ expression: RowExpression) -> ColumnPath {
    var found: ColumnPath?
    expression.forEachColumn { if found == nil { found = $0 } }
    return found ?? ColumnPath(steps: [], dataset: dataset, column: 0)
  }

  private func exists(
    _ child: ChildPath, _ inner: RowCondition
  ) throws(ExecutionError) -> ConditionOperator {
    let row = TypedRow(.condition(.exists(child, inner)), .boolean)
    let result = try store.bitmap(request(row)) { () throws(ExecutionError) in
      let compiler = RowCompiler(
        store: store, dataset: child.dataset, settings: settings, recorder: recorder)
      let below = try compiler.bitmap(inner)
      let parents = store.rows(child.steps)
      let marked = Bitmap(count: child.via.isEmpty ? rowCount : compiler.rowCount)
      for row in 0..<below.count where below[row] && parents.rows[row] >= 0 {
        let parent = Int(parents.rows[row])
        marked.words[parent &>> 6] |= 1 &<< UInt64(parent & 63)
      }
      if child.via.isEmpty { return marked }
      let link = store.rows(child.via)
      return Bitmap((0..<rowCount).map { link.rows[$0] >= 0 && marked[Int(link.rows[$0])] })
    }
    return BitmapCondition(result)
  }
}

extension ComparisonOperator {
  /// The operator with both sides exchanged.
  var mirrored: ComparisonOperator {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
