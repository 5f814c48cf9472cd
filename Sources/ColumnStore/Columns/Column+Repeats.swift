import CKernels

extension Column {
  /// Whether repeated values can be counted with a bit for each possible value.
  public var hasQuickRepeats: Bool {
    switch self {
    case .number(let numbers): numbers.denseSpan != nil
    case .dictionary: true
    case .text, .template, .tags: false
    }
  }

  /// How many rows hold a value that an earlier row holds as well; missing values do not count,
  /// nor do lists of tags.
  public var repeatedRowCount: Int {
    switch self {
    case .number(let numbers): numbers.repeatedRowCount
    case .dictionary(let texts):
      Self.repeatedCount(
        (0..<texts.count).lazy.map { texts.codes[$0] - 1 }.filter { $0 >= 0 },
        below: texts.dictionary.count)
    case .text, .template: repeatedTextCount
    case .tags: 0
    }
  }

  private var repeatedTextCount: Int {
    let reader = textReader()
    return Self.repeatedCount((0..<count).lazy.compactMap { reader?.string($0) })
  }

  fileprivate static func repeatedCount<Value: Hashable>(_ values: some Sequence<Value>) -> Int {
    var seen: Set<Value> = []
    return values.reduce(0) { $0 + (seen.insert($1).inserted ? 0 : 1) }
  }

  /// The same of numbers from 0, which need no more than a bit each.
  fileprivate static func repeatedCount(_ values: some Sequence<Int>, below limit: Int) -> Int {
    let seen = Bitmap(count: limit)
    return values.reduce(0) { count, value in
      if seen[value] { return count + 1 }
      seen.words[value &>> 6] |= 1 &<< UInt64(value & 63)
      return count
    }
  }
}

extension NumberColumn {
  /// Whether every row has an integer and none has that of another, as seen at once because each is
  /// larger than the one before.
  ///
  /// Negative ones count as larger than all others.
  public var isRising: Bool {
    if validity != nil { return false }
    return switch width {
    case .int32: dq_rises_u32(memory.pointer(as: UInt32.self), count, 1) != 0
    case .int64: dq_rises_u64(memory.pointer(as: UInt64.self), count, 1) != 0
    case .int8, .int16, .float64: false
    }
  }

  /// How many integers there are from the smallest to the largest, where they lie close.
  fileprivate var denseSpan: Int? {
    let (span, overflow) = maximum.subtractingReportingOverflow(minimum)
    guard width != .float64, !overflow, span >= 0, span < Int64(count) &* 64 &+ 1024 else {
      return nil
    }
    return Int(span) + 1
  }

  fileprivate var repeatedRowCount: Int {
    if isRising { return 0 }
    let rows = (0..<count).lazy.filter { self.isValid($0) }
    if let span = denseSpan {
      return Column.repeatedCount(
        rows.map { Int(self.stored($0) &- self.minimum) }, below: span)
    }
    return Column.repeatedCount(rows.map { self.stored($0) })
  }
}
