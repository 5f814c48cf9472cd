/// Lower case as Swift's `lowercased()` gives it, over UTF-8 bytes and without making a String.
///
/// Folding goes scalar by scalar. Only `İ` folds to two scalars: `i` and a combining dot.
enum CaseFolding {
  /// `İ`, which folds to `i` and `combiningDot`.
  static let dottedCapitalI: UInt32 = 0x130
  static let combiningDot: UInt32 = 0x307
  /// The Kelvin sign, the only scalar outside ASCII that folds to an ASCII one alone.
  static let kelvinSign: UInt32 = 0x212A

  /// The folded form of a scalar; the first of the two for `İ`.
  @inline(__always)
  static func lowercase(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 { return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }
    return lowercaseBeyondASCII(scalar)
  }

  private static func lowercaseBeyondASCII(_ scalar: UInt32) -> UInt32 {
    Int(scalar) < table.count ? table[Int(scalar)] : scalar
  }

  /// Every scalar that folds to a single other one, ascending, with what it folds to.
  static let pairs: [(scalar: UInt32, folded: UInt32)] = {
    var pairs: [(scalar: UInt32, folded: UInt32)] = []
    for block in casedBlocks {
      for value in block where value != dottedCapitalI {
        guard let scalar = Unicode.Scalar(value), scalar.properties.changesWhenLowercased,
          let folded = scalar.properties.lowercaseMapping.unicodeScalars.first
        else { continue }
        pairs.append((value, folded.value))
      }
    }
    return pairs
  }()

  /// Scalars whose folded form is the given one, itself among them.
  static func variants(of folded: UInt32) -> [UInt32] {
    [folded] + pairs.lazy.filter { $0.folded == folded }.map { $0.scalar }
  }

  // Asking for the properties of all of Unicode takes milliseconds, so scripts without cases are
  // left out; a test compares every scalar with the standard library.
  private static let casedBlocks: [Range<UInt32>] = [
    0..<0x3000, 0xA000..<0xAC00, 0xF900..<0x12000, 0x16000..<0x17000, 0x1E000..<0x1F000,
  ]

  private static let table: [UInt32] = {
    var table = [UInt32](0..<((pairs.last?.scalar ?? 0) &+ 1))
    for pair in pairs { table[Int(pair.scalar)] = pair.folded }
    table[Int(dottedCapitalI)] = 0x69
    return table
  }()

  /// The folded text. Bytes that are not UTF-8 are kept.
  static func folded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count &+ 2)
    var reader = ScalarReader(text)
    var start = 0
    while let scalar = reader.next() {
      let lower = lowercase(scalar)
      if scalar < 0x80 {
        result.append(UInt8(truncatingIfNeeded: lower))
      } else if lower == scalar {
        result.append(contentsOf: text[start..<reader.position])
      } else {
        appendUTF8(lower, to: &result)
        if scalar == dottedCapitalI { appendUTF8(combiningDot, to: &result) }
      }
      start = reader.position
    }
    return result
  }

  /// Appends the UTF-8 of a scalar.
  static func appendUTF8(_ scalar: UInt32, to bytes: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(scalar), let units = UTF8.encode(scalar) else { return }
    bytes.append(contentsOf: units)
  }
}
