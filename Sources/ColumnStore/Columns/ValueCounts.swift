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
      var table = [Int](repeating: 0, count: domain &* groups)
      for row in 0..<numbers.count where numbers.isValid(row) {
        let code = texts?.codes[row] ?? 0
        table[code &* domain &+ Int(numbers.stored(row) &- numbers.minimum)] &+= 1
      }
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

  private struct Pair: Hashable {
    var code: Int
    var value: Double
  }
}
