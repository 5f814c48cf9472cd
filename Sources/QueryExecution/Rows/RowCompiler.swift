import CKernels
import CivilTime
import ColumnStore
import QueryPlanning
import QuerySyntax

/// Turns row expressions and conditions of a dataset into operators over its blocks.
struct RowCompiler: Sendable {
  let store: DataStore
  let dataset: Int
  let settings: PlanningSettings
  var recorder: ExecutionRecorder?

  var rowCount: Int { store.tables[dataset].rowCount }

  /// A column as the rows of the dataset see it.
  func column(_ path: ColumnPath) -> Column {
    let column = store.column(path)
    recorder?.use(path, column)
    return column
  }

  /// The calendar that computed columns depend on.
  var calendar: String { "\(settings.zone.identifier) \(settings.weekStart.rawValue)" }

  func request(_ row: TypedRow) -> DataStore.KeyRequest {
    DataStore.KeyRequest(dataset: dataset, row: row, calendar: calendar)
  }

  /// An operator for a number, duration, time or yes/no value.
  func number(_ expression: RowExpression) throws(ExecutionError) -> NumberOperator {
    switch expression {
    case .column(let path):
      switch column(path) {
      case .number(let column): return ColumnOperator(column)
      case .dictionary, .text, .template, .tags: return ConstantOperator()
      }
    case .integer(let value, let scale): return ConstantOperator(integer: value, scale: scale)
    case .number(let value): return ConstantOperator(double: value)
    case .text, .missing, .lowercased, .uppercased, .childValues: return ConstantOperator()
    case .arithmetic(let operation, let left, let right):
      let left = try number(left)
      let right = try number(right)
      return IntegerArithmeticOperator.make(operation, left, right)
        ?? DoubleArithmeticOperator(operation, left, right)
    case .elapsed(let from, let to):
      return ElapsedOperator(difference: try number(.arithmetic(.subtract, to, from)))
    case .businessElapsed(let from, let to):
      let from = WholeSecondsOperator.make(try number(from))
      let to = WholeSecondsOperator.make(try number(to))
      let (_, form) = Alignment.common([from, to])
      guard case .integer(_, let low, let high) = form else { return ConstantOperator() }
      var first = low
      if case .integer(_, let fromLow, _) = from.form { first = fromLow }
      return BusinessElapsedOperator(
        from: from, to: to, hours: BusinessHours(settings, low: first, high: high))
    case .negated(let operand):
      let operand = try number(operand)
      let zero = ConstantOperator(integer: 0, scale: 0)
      return IntegerArithmeticOperator.make(.subtract, zero, operand)
        ?? UnaryOperator(.negate, operand)
    case .absolute(let operand): return UnaryOperator(.absolute, try number(operand))
    case .rounded(let operand, let digits):
      return UnaryOperator(.round(digits: digits), try number(operand))
    case .bucket(let grain, let operand, let isCivil):
      return BucketOperator(try number(operand), buckets(grain, isCivil: isCivil))
    case .part(let part, let operand, let isCivil):
      return PartOperator(try number(operand), part, zone: isCivil ? .utc : settings.zone)
    case .choose(let test, let first, let second):
      return ChooseOperator.make(try condition(test), try number(first), try number(second))
    case .coalesce:
      let needed = withoutNeedlessChoices(expression)
      guard case .coalesce(let operands) = needed else { return try number(needed) }
      var compiled: [NumberOperator] = []
      for operand in operands { compiled.append(try number(operand)) }
      return CoalesceOperator.make(compiled)
    case .length(let operand):
      let texts = try dictionary(operand)
      let lengths = (0..<texts.dictionary.count).map {
        Int64(texts.dictionary.string($0).unicodeScalars.count)
      }
      return CodeTableOperator(codes: texts.codes, table: [0] + lengths)
    case .sincePrevious(let time, let owner):
      return ColumnOperator(try sincePrevious(time, owner))
    case .condition(let inner): return ConditionNumberOperator(try condition(inner))
    }
  }

  func buckets(_ grain: TimeGrain, isCivil: Bool) -> TimeBuckets {
    TimeBuckets(
      grain: grain, zone: isCivil ? .utc : settings.zone, weekStart: settings.weekStart)
  }

  /// The time since the same owner's last earlier row, worked out once for the whole dataset.
  private func sincePrevious(
    _ time: RowExpression, _ owner: RowExpression
  ) throws(ExecutionError) -> NumberColumn {
    let row = TypedRow(.sincePrevious(time: time, owner: owner), .duration)
    return try store.number(request(row)) { () throws(ExecutionError) in
      var type = RowType.text
      if case .column(let path) = owner, case .number = column(path) { type = .number }
      let owners = try key(TypedRow(owner, type))
      let times = try RowColumn.integers(time, self)
      let all = times.values
      let result = Parallel.unlessCancelled(store.cancellation) { flag in
        Self.sincePrevious(owners, all, flag)
      }
      guard let result else { throw .cancelled }
      return NumberColumn(result, scale: times.scale)
    }
  }

  /// For each row the time since its owner's last earlier one. Without meaning once the flag is set.
  private static func sincePrevious(
    _ owners: KeyColumn, _ times: [Int64?], _ flag: CancellationFlag
  ) -> [Int64?] {
    var result = [Int64?](repeating: nil, count: times.count)
    // Of each owner the last time, and the last one before that.
    var ends = [(last: Int64?, earlier: Int64?)](repeating: (nil, nil), count: owners.domain)
    func take(_ row: Int) {
      let owner = owners.plainCode(row)
      guard owner != 0, let now = times[row] else { return }
      var own = ends[owner]
      if own.last != now { own = (now, own.last) }
      ends[owner] = own
      result[row] = own.earlier.map { now &- $0 }
    }
    func take(_ rows: some Sequence<Int>) {
      for (index, row) in rows.enumerated() {
        if index & 0xFFFF == 0, flag.isSet { return }
        take(row)
      }
    }
    let known = times.lazy.compactMap { $0 }
    if zip(known, known.dropFirst()).allSatisfy({ $0 <= $1 }) {
      take(times.indices)
    } else {
      // Rows of one time stay in their order.
      var keyed: [dq_keyed_row] = []
      for (row, time) in times.enumerated() {
        guard let time else { continue }
        let key = UInt64(bitPattern: time) ^ 1 << 63
        keyed.append(dq_keyed_row(key: key, row: UInt32(truncatingIfNeeded: row), number: 0))
      }
      keyed.sortByKey()
      take(keyed.lazy.map { Int($0.row) })
    }
    return result
  }
}
