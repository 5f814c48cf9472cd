import ColumnStore

/// A grouping key over all rows of a dataset: a code per row, or several.
///
/// Code 0 is missing; the other codes ascend with the values they stand for.
final class KeyColumn: Sendable {
  enum Codes: Sendable {
    case plain(CodeArray)
    /// Several codes per row: `count + 1` UInt32 offsets into the codes. A row without any counts
    /// as missing.
    case list(offsets: ColumnMemory, CodeArray)
  }

  /// What the codes stand for.
  enum Meaning: Sendable {
    case text(TextHeap)
    /// `code + base`, in units of `10^-scale`.
    case integers(base: Int64, scale: Int)
    /// Code `c` is entry `c - 1`, in units of `10^-scale`.
    case integerTable([Int64], scale: Int)
    case numberTable([Double])
    case booleans
    /// Several keys packed into one number for each code, with where the bits of each begin.
    case combined([UInt64], shifts: [Int], parts: [KeyColumn])
  }

  let codes: Codes
  let meaning: Meaning
  /// Codes are below this.
  let domain: Int

  init(codes: Codes, meaning: Meaning, domain: Int) {
    self.codes = codes
    self.meaning = meaning
    self.domain = domain
  }

  var isList: Bool {
    if case .list = codes { return true }
    return false
  }

  /// The codes of a key with one code per row.
  var plainCodes: CodeArray? {
    guard case .plain(let codes) = codes else { return nil }
    return codes
  }

  /// The code of a row of a key with one code per row.
  func plainCode(_ row: Int) -> Int {
    guard case .plain(let codes) = codes else { return 0 }
    return codes[row]
  }

  /// The value that a code stands for.
  func value(_ code: Int) -> KeyValue {
    if code == 0 { return .missing }
    switch meaning {
    case .text(let heap): return .text(heap.string(code - 1))
    case .integers(let base, let scale): return Self.scaled(base + Int64(code), scale)
    case .integerTable(let table, let scale): return Self.scaled(table[code - 1], scale)
    case .numberTable(let table): return .number(table[code - 1])
    case .booleans: return .boolean(code == 2)
    case .combined: return .missing
    }
  }

  private static func scaled(_ value: Int64, _ scale: Int) -> KeyValue {
    if scale == 0 { return .integer(value) }
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: PowersOfTen.integer(scale))
    return rest == 0 ? .integer(quotient) : .number(Double(value) / PowersOfTen.double(scale))
  }
}
