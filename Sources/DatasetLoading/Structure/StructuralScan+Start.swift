import CKernels

extension StructuralScan {
  /// A scan that has seen nothing yet, at the start of a row; `highs` may be absent where it goes
  /// on by single rows.
  static func starting(
    bytes: UnsafePointer<UInt8>, ends: UnsafeMutablePointer<UInt32>,
    highs: UnsafeMutablePointer<UInt32>? = nil, dialect: CSVDialect, state: Int = SCAN_ROW_START
  ) -> StructuralScan {
    var scan = StructuralScan()
    scan.bytes = bytes
    scan.ends = ends
    scan.highs = highs
    scan.delimiter = dialect.delimiter
    scan.quote = dialect.quote
    scan.state = UInt32(state)
    scan.firstStrayQuote = .nowhere
    scan.errorAt = .nowhere
    return scan
  }
}

extension Int {
  /// What the scan kernels return for "nowhere" (`SCAN_NONE`).
  static let nowhere = Int(bitPattern: UInt.max)
}
