import ColumnStore
import QueryPlanning

extension RowCompiler {
  /// Codes up to here, and up to a few times the rows, are taken straight from the value, beyond by
  /// a table of the distinct ones.
  private static let largestDirectSpan = 1 << 22
  private static let directSpanOfRow = 4

  /// A grouping key over all rows; computed once and kept.
  func key(_ row: TypedRow) throws(ExecutionError) -> KeyColumn {
    switch row.expression {
    case .column(let path):
      switch column(path) {
      case .dictionary(let texts): return Self.key(texts)
      case .tags(let tags):
        return KeyColumn(
          codes: .list(offsets: tags.offsets, tags.codes), meaning: .text(tags.dictionary),
          domain: tags.dictionary.count + 1)
      case .text, .template: return Self.key(try dictionary(row.expression))
      case .number: break
      }
    default: break
    }
    return try store.key(request(row)) { () throws(ExecutionError) in try makeKey(row) }
  }

  private static func key(_ texts: DictionaryColumn) -> KeyColumn {
    KeyColumn(
      codes: .plain(texts.codes), meaning: .text(texts.dictionary),
      domain: texts.dictionary.count + 1)
  }

  private func makeKey(_ row: TypedRow) throws(ExecutionError) -> KeyColumn {
    if case .childValues(let child, let inner) = row.expression {
      return try childKey(child, TypedRow(inner, row.type))
    }
    if row.type == .text { return Self.key(try dictionary(row.expression)) }
    return try numberKey(row)
  }

  private func numberKey(_ row: TypedRow) throws(ExecutionError) -> KeyColumn {
    let form = try number(row.expression).form
    if row.type == .boolean {
      return try direct(row, base: -1, domain: 3, scale: 0, meaning: .booleans)
    }
    guard case .integer(let scale, let low, let high) = form else { return try doubleKey(row) }
    let (span, overflow) = high.subtractingReportingOverflow(low)
    let direct = max(Self.largestDirectSpan, rowCount * Self.directSpanOfRow)
    if !overflow, span < min(Int64(direct), Int64(Int32.max) - 2), low != .min {
      return try self.direct(
        row, base: low - 1, domain: Int(span) + 2, scale: scale,
        meaning: .integers(base: low - 1, scale: scale))
    }
    return try tableKey(row, scale: scale, low: low, high: high)
  }

  /// Codes that are the values less a base.
  private func direct(
    _ row: TypedRow, base: Int64, domain: Int, scale: Int, meaning: KeyColumn.Meaning
  ) throws(ExecutionError) -> KeyColumn {
    let codes = CodeArray(count: rowCount, largest: domain - 1)
    try forEachBlock { () throws(ExecutionError) in
      let operand = try number(row.expression)
      return { block in
        operand.evaluate(block)
        let values = operand.vector.integers
        func store<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) {
          let target = codes.memory.pointer(as: type) + block.start
          if operand.vector.allValid {
            for row in 0..<block.count { target[row] = T(truncatingIfNeeded: values[row] &- base) }
          } else {
            for row in 0..<block.count {
              target[row] =
                operand.vector.isValid(row) ? T(truncatingIfNeeded: values[row] &- base) : 0
            }
          }
        }
        switch codes.byteWidth {
        case 1: store(UInt8.self)
        case 2: store(UInt16.self)
        default: store(UInt32.self)
        }
      }
    }
    return KeyColumn(codes: .plain(codes), meaning: meaning, domain: domain)
  }

  /// Codes of integers that lie far apart.
  private func tableKey(
    _ row: TypedRow, scale: Int, low: Int64, high: Int64
  ) throws(ExecutionError) -> KeyColumn {
    let numbers = PackedNumbers(compiler: self, expression: row.expression, low: low, high: high)
    let sorting = try sorted(numbers)
    let distinct = sorting.packed.map { numbers.integer($0) }
    return KeyColumn(
      codes: .plain(sorting.codes), meaning: .integerTable(distinct, scale: scale),
      domain: distinct.count + 1)
  }

  private func doubleKey(_ row: TypedRow) throws(ExecutionError) -> KeyColumn {
    let sorting = try sorted(
      PackedNumbers(compiler: self, expression: row.expression, low: .min, high: .max))
    let distinct = sorting.packed.map { PackedNumbers.double($0) }
    return KeyColumn(
      codes: .plain(sorting.codes), meaning: .numberTable(distinct), domain: distinct.count + 1)
  }

  /// The rows numbered by their numbers, 0 where one is missing.
  private func sorted(_ numbers: PackedNumbers) throws(ExecutionError) -> KeySorting {
    let sorting = try KeySorting(
      numbers, rows: rowCount, isWhole: false, threads: store.threads, store.cancellation)
    if try number(numbers.expression).isComplete { return sorting }
    let memory = sorting.codes.memory
    try forEachBlock { () throws(ExecutionError) in
      let operand = try number(numbers.expression)
      return { block in
        operand.evaluate(block)
        if operand.vector.allValid { return }
        let codes = memory.pointer(as: UInt32.self)
        for row in 0..<block.count where !operand.vector.isValid(row) {
          codes[block.start + row] = 0
        }
      }
    }
    return sorting
  }

  /// The distinct values in the child rows of each row.
  private func childKey(
    _ child: ChildPath, _ row: TypedRow
  ) throws(ExecutionError) -> KeyColumn {
    let compiler = RowCompiler(
      store: store, dataset: child.dataset, settings: settings, recorder: recorder)
    let inner = try compiler.key(row)
    let parents = store.rows(child.steps)
    let parentCount = child.via.isEmpty ? rowCount : compiler.rowCount
    var pairs: [(parent: Int32, code: Int32)] = []
    for row in 0..<compiler.rowCount where parents.rows[row] >= 0 {
      inner.forEachCode(row) { code in
        pairs.append((parents.rows[row], Int32(truncatingIfNeeded: code)))
      }
    }
    pairs.sort { ($0.parent, $0.code) < ($1.parent, $1.code) }
    let offsets = ColumnMemory(byteCount: (parentCount + 1) * 4)
    let starts = offsets.pointer(as: UInt32.self)
    var codes: [Int32] = []
    var next = 0
    for parent in 0..<parentCount {
      starts[parent] = UInt32(truncatingIfNeeded: codes.count)
      var last: Int32 = -1
      while next < pairs.count, Int(pairs[next].parent) == parent {
        if pairs[next].code != last { codes.append(pairs[next].code) }
        last = pairs[next].code
        next += 1
      }
    }
    starts[parentCount] = UInt32(truncatingIfNeeded: codes.count)
    let array = CodeArray(count: codes.count, largest: inner.domain)
    for (index, code) in codes.enumerated() { array.set(index, to: Int(code)) }
    let key = KeyColumn(
      codes: .list(offsets: offsets, array), meaning: inner.meaning, domain: inner.domain)
    return child.via.isEmpty ? key : key.gathered(store.rows(child.via))
  }

  /// Runs work over all blocks on the store's threads; `make` is called once on each.
  func forEachBlock(
    _ make: @escaping @Sendable () throws(ExecutionError) -> (Block) -> Void
  ) throws(ExecutionError) {
    let count = rowCount
    let blocks = Blocks.count(count)
    let threads = Blocks.threads(count, atMost: store.threads)
    let turns = Parallel.Turns()
    let failure = FailureSlot()
    Parallel.run(threads: threads) { _ in
      do throws(ExecutionError) {
        let work = try make()
        while true {
          let index = turns.take()
          if index >= blocks { return }
          try store.cancellation.check()
          work(Blocks.block(index, of: count))
        }
      } catch {
        failure.set(error)
      }
    }
    if let error = failure.error { throw error }
  }
}

extension KeyColumn {
  /// The key as the rows of another dataset see it: each has the codes of the row it leads to.
  func gathered(_ link: LinkIndex) -> KeyColumn {
    let offsets = ColumnMemory(byteCount: (link.count + 1) * 4)
    let starts = offsets.pointer(as: UInt32.self)
    var codes: [Int] = []
    for row in 0..<link.count {
      starts[row] = UInt32(truncatingIfNeeded: codes.count)
      if link.rows[row] >= 0 { forEachCode(Int(link.rows[row])) { codes.append($0) } }
    }
    starts[link.count] = UInt32(truncatingIfNeeded: codes.count)
    let array = CodeArray(count: codes.count, largest: domain)
    for (index, code) in codes.enumerated() { array.set(index, to: code) }
    return KeyColumn(codes: .list(offsets: offsets, array), meaning: meaning, domain: domain)
  }

  /// Calls `visit` with every code of a row; with 0 where it has none.
  func forEachCode(_ row: Int, _ visit: (Int) -> Void) {
    switch codes {
    case .plain(let codes): visit(codes[row])
    case .list(let offsets, let codes):
      let starts = offsets.pointer(as: UInt32.self)
      let (from, to) = (Int(starts[row]), Int(starts[row + 1]))
      if from == to { visit(0) }
      for index in from..<to { visit(codes[index]) }
    }
  }
}
