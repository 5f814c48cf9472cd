import CKernels

/// How many rows hold each number, apart for each text of a column beside it.
///
/// It answers what a scale of ratings needs to know without another pass over the rows.
public struct ValueCounts: Sendable {
  /// Rows with the same text and the same number.
  public struct Entry: Hashable, Sendable {
    /// The text beside the number; nil where it is missing or there is no such column.
    public var text: String?
    /// The number.
    public var value: Double
    /// How many rows hold both; at least 1.
    public var count: Int

    /// A count of rows.
    public init(text: String?, value: Double, count: Int) {
      self.text = text
      self.value = value
      self.count = count
    }
  }

  /// The counts, each pair once, in the order of texts and then of numbers.
  public var entries: [Entry]

  /// Counts that are known.
  public init(entries: [Entry]) { self.entries = entries }

  /// Counts the numbers that are not missing.
  public init(of numbers: NumberColumn, by texts: DictionaryColumn?) {
    let groups = (texts?.dictionary.count ?? 0) &+ 1
    let (span, overflow) = numbers.maximum.subtractingReportingOverflow(numbers.minimum)
    var counts: [(code: Int, value: Double, count: Int)] = []
    if numbers.width != .float64, !overflow, span < 1 << 12, groups < 1 << 8 {
      let domain = Int(span) &+ 1
      let table =
        Self.placed(numbers, texts?.codes, domain: domain, groups: groups)
        ?? Self.tabled(numbers, texts?.codes, domain: domain, groups: groups)
      let unit = PowersOfTen.double(numbers.scale)
      for (index, count) in table.enumerated() where count > 0 {
        let stored = Double(numbers.minimum &+ Int64(index % domain))
        counts.append((index / domain, stored / unit, count))
      }
    } else {
      var table: [Pair: Int] = [:]
      for row in 0..<numbers.count {
        guard let value = numbers.double(row) else { continue }
        table[Pair(code: texts?.codes[row] ?? 0, value: value), default: 0] &+= 1
      }
      counts = table.map { ($0.key.code, $0.key.value, $0.value) }
        .sorted { ($0.code, $0.value) < ($1.code, $1.value) }
    }
    entries = counts.map { entry in
      Entry(
        text: entry.code == 0 ? nil : texts?.dictionary.string(entry.code &- 1),
        value: entry.value, count: entry.count)
    }
  }

  /// Counts by code and then by value; nil where these are too many to be bytes.
  private static func placed(
    _ numbers: NumberColumn, _ codes: CodeArray?, domain: Int, groups: Int
  ) -> [Int]? {
    guard numbers.width == .int8, (codes?.byteWidth ?? 1) == 1, domain &* groups < DQ_NO_PLACE
    else { return nil }
    var table = [Int](repeating: 0, count: domain &* groups)
    let places = UnsafeMutablePointer<UInt8>.allocate(capacity: NumberColumn.blockLength)
    let counts = UnsafeMutablePointer<UInt32>.allocate(capacity: table.count)
    defer {
      places.deallocate()
      counts.deallocate()
    }
    let values = numbers.memory.pointer(as: UInt8.self)
    let least = UInt32(UInt8(truncatingIfNeeded: numbers.minimum))
    for start in stride(from: 0, to: numbers.count, by: NumberColumn.blockLength) {
      let count = min(NumberColumn.blockLength, numbers.count &- start)
      if let codes {
        places.update(from: codes.memory.pointer(as: UInt8.self) + start, count: count)
      } else {
        places.update(repeating: 0, count: count)
      }
      dq_places_codes_u8(
        values + start, count, least, UInt32(truncatingIfNeeded: domain), places)
      if let validity = numbers.validity {
        dq_places_within(validity.words + start &>> 6, count, places)
      }
      counts.update(repeating: 0, count: table.count)
      dq_count_places(places, count, table.count, counts)
      for place in table.indices { table[place] &+= Int(counts[place]) }
    }
    return table
  }

  /// The same, row by row.
  private static func tabled(
    _ numbers: NumberColumn, _ codes: CodeArray?, domain: Int, groups: Int
  ) -> [Int] {
    var table = [Int](repeating: 0, count: domain &* groups)
    for row in 0..<numbers.count where numbers.isValid(row) {
      let code = codes?[row] ?? 0
      table[code &* domain &+ Int(numbers.stored(row) &- numbers.minimum)] &+= 1
    }
    return table
  }

  private struct Pair: Hashable {
    var code: Int
    var value: Double
  }
}
