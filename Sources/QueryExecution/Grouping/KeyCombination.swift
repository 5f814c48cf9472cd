import ColumnStore
import QueryPlanning

/// The keys of a task as group numbers: each code times a stride, added up.
struct KeyCombination {
  var keys: [KeyColumn]
  var strides: [Int]
  /// Group numbers are below this.
  var domain: Int

  /// How groups are numbered, in words, for `explain`.
  var summary: String {
    if keys.isEmpty { return "one group" }
    let isHashed = keys.contains { key in
      if case .combined = key.meaning { return true }
      return false
    }
    return "up to \(domain) groups, " + (isHashed ? "hashed" : "addressed directly")
  }

  /// Group numbers above this are not addressed directly.
  static func directLimit(rows: Int) -> Int { max(1 << 16, min(1 << 24, rows * 2)) }

  /// The combination of keys; where their product is too large for direct addressing, keys with
  /// one code per row are put together into one whose codes are only those that occur.
  ///
  /// - Parameter isWhole: whether a row that lacks one of the keys put together has code 0.
  static func make(
    _ keys: [KeyColumn], rows: Int, isWhole: Bool = false
  ) throws(ExecutionError) -> KeyCombination {
    if let direct = direct(keys, limit: directLimit(rows: rows)) { return direct }
    let plain = keys.filter { !$0.isList }
    let lists = keys.filter { $0.isList }
    let combined = try combine(plain, rows: rows, isWhole: isWhole)
    guard let result = direct([combined] + lists, limit: 1 << 27) else {
      throw .tooManyGroups(combined.domain)
    }
    return result
  }

  private static func direct(_ keys: [KeyColumn], limit: Int) -> KeyCombination? {
    var strides: [Int] = []
    var domain = 1
    for key in keys.reversed() {
      strides.insert(domain, at: 0)
      let (product, overflow) = domain.multipliedReportingOverflow(by: key.domain)
      if overflow || product > limit { return nil }
      domain = product
    }
    return KeyCombination(keys: keys, strides: strides, domain: domain)
  }

  /// Keys as one: packed into 64 bits where they fit, step by step where they do not.
  private static func combine(
    _ keys: [KeyColumn], rows: Int, isWhole: Bool
  ) throws(ExecutionError) -> KeyColumn {
    var strides: [UInt64] = []
    var domain: UInt64 = 1
    for key in keys.reversed() {
      strides.insert(domain, at: 0)
      let (product, overflow) = domain.multipliedReportingOverflow(by: UInt64(key.domain))
      if overflow {
        guard keys.count > 2 else { throw .tooManyGroups(rows) }
        let head = try combine(Array(keys.dropLast()), rows: rows, isWhole: isWhole)
        guard let last = keys.last else { return head }
        return try combine([head, last], rows: rows, isWhole: isWhole)
      }
      domain = product
    }
    var codeOf: [UInt64: UInt32] = [:]
    var packed: [UInt64] = []
    let codes = CodeArray(count: rows, largest: 0xFFFF_FFFF)
    let target = codes.memory.pointer(as: UInt32.self)
    for row in 0..<rows {
      var number: UInt64 = 0
      var isKnown = true
      for (key, stride) in zip(keys, strides) {
        let code = key.plainCode(row)
        if code == 0 { isKnown = false }
        number &+= UInt64(code) &* stride
      }
      if isWhole, !isKnown {
        target[row] = 0
      } else if let code = codeOf[number] {
        target[row] = code
      } else {
        let code = UInt32(truncatingIfNeeded: packed.count + 1)
        packed.append(number)
        codeOf[number] = code
        target[row] = code
      }
    }
    return KeyColumn(
      codes: .plain(codes), meaning: .combined(packed, strides: strides, parts: keys),
      domain: packed.count + 1)
  }

  /// The values of all keys, in the order of the task's, for a group number.
  func values(_ group: Int, order: [KeyColumn]) -> [KeyValue] {
    var found: [(key: KeyColumn, value: KeyValue)] = []
    for (key, stride) in zip(keys, strides) {
      Self.collect(key, group / stride % key.domain, into: &found)
    }
    var result: [KeyValue] = []
    for key in order {
      if let index = found.firstIndex(where: { $0.key === key }) {
        result.append(found.remove(at: index).value)
      }
    }
    return result
  }

  private static func collect(
    _ key: KeyColumn, _ code: Int, into found: inout [(key: KeyColumn, value: KeyValue)]
  ) {
    guard case .combined(let packed, let strides, let parts) = key.meaning else {
      found.append((key, key.value(code)))
      return
    }
    for (part, stride) in zip(parts, strides) {
      let inner = code == 0 ? 0 : Int(packed[code - 1] / stride % UInt64(part.domain))
      collect(part, inner, into: &found)
    }
  }
}
