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
    let isSorted = keys.contains { key in
      if case .combined = key.meaning { return true }
      return false
    }
    return "up to \(domain) groups, " + (isSorted ? "found by sorting" : "addressed directly")
  }

  /// Group numbers above this are not addressed directly.
  static func directLimit(rows: Int) -> Int { max(1 << 16, min(1 << 24, rows * 2)) }

  /// The combination of keys; where their product is too large for direct addressing, keys with
  /// one code per row are put together into one whose codes are only those that occur.
  ///
  /// - Parameter isWhole: whether a row that lacks one of the keys put together has code 0.
  static func make(
    _ keys: [KeyColumn], rows: Int, isWhole: Bool = false, store: DataStore
  ) throws(ExecutionError) -> KeyCombination {
    if let direct = direct(keys, limit: directLimit(rows: rows)) { return direct }
    let plain = keys.filter { !$0.isList }
    let lists = keys.filter { $0.isList }
    let combined = try combine(plain, rows: rows, isWhole: isWhole, store: store)
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
    _ keys: [KeyColumn], rows: Int, isWhole: Bool, store: DataStore
  ) throws(ExecutionError) -> KeyColumn {
    let widths = keys.map { KeySorting.Packing.width(domain: $0.domain) }
    if widths.reduce(0, +) > UInt64.bitWidth {
      guard keys.count > 2, let last = keys.last else { throw .tooManyGroups(rows) }
      let head = try combine(
        Array(keys.dropLast()), rows: rows, isWhole: isWhole, store: store)
      return try combine([head, last], rows: rows, isWhole: isWhole, store: store)
    }
    let packing = KeySorting.Packing(keys: keys.compactMap(\.plainCodes), widths: widths)
    let sorting = try KeySorting(
      packing, rows: rows, isWhole: isWhole, threads: store.threads, store.cancellation)
    return KeyColumn(
      codes: .plain(sorting.codes),
      meaning: .combined(sorting.packed, shifts: packing.shifts, parts: keys),
      domain: sorting.packed.count + 1)
  }

  /// The keys of some groups, ascending, in the order of the task's.
  func keys(of groups: GroupSelection, order: [KeyColumn], threads: Int) -> GroupKeys {
    var found: [GroupKeys.Column] = []
    for (key, stride) in zip(keys, strides) {
      let domain = key.domain
      let codes = Parallel.array(count: groups.count, threads: threads) { run, codes in
        for index in run {
          codes[index] = UInt32(truncatingIfNeeded: groups[index] / stride % domain)
        }
      }
      Self.collect(GroupKeys.Column(key: key, codes: codes), threads, into: &found)
    }
    let isInOrder = zip(found, order).allSatisfy { $0.key === $1 }
    var columns: [GroupKeys.Column] = []
    for key in order {
      if let index = found.firstIndex(where: { $0.key === key }) {
        columns.append(found.remove(at: index))
      }
    }
    return GroupKeys(columns: columns, count: groups.count, ascendsByCodes: isInOrder)
  }

  /// Takes a combined key apart.
  private static func collect(
    _ column: GroupKeys.Column, _ threads: Int, into found: inout [GroupKeys.Column]
  ) {
    guard case .combined(let packed, let shifts, let parts) = column.key.meaning else {
      found.append(column)
      return
    }
    let outer = column.codes
    for (part, shift) in zip(parts, shifts) {
      let mask = KeySorting.Packing.mask(KeySorting.Packing.width(domain: part.domain))
      let codes = Parallel.array(count: outer.count, threads: threads) { run, codes in
        for index in run {
          let code = Int(outer[index])
          codes[index] =
            code == 0 ? 0 : UInt32(truncatingIfNeeded: packed[code - 1] >> UInt64(shift) & mask)
        }
      }
      collect(GroupKeys.Column(key: part, codes: codes), threads, into: &found)
    }
  }
}
