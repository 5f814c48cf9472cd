import CKernels

/// How a delimited text is written.
struct CSVDialect: Sendable {
  var delimiter: UInt8
  var quote = UInt8(ascii: "\"")

  /// The delimiters that are told apart, the likeliest first.
  static let delimiters: [UInt8] = [
    UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
  ]

  /// How messages write a delimiter.
  static func name(_ delimiter: UInt8) -> String {
    delimiter == 0x09 ? "a tab" : "'\(Unicode.Scalar(delimiter))'"
  }
}

/// Finds the delimiter of a text by reading its first records with each in turn.
struct DelimiterSniffer {
  /// What the records look like with one delimiter.
  private struct Trial {
    var delimiter: UInt8
    /// Fields of the header.
    var columnCount = 1
    var recordCount = 0
    /// Records with as many fields as the header.
    var fittingCount = 0
    var isBroken = false

    /// Whether all records fit a header of several columns.
    var isPerfect: Bool { columnCount > 1 && fittingCount == recordCount && !isBroken }
  }

  private static let recordLimit = 100

  /// The dialect of a text's first bytes, and a note where two are equally likely.
  static func sniff(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, isWhole: Bool
  ) -> (dialect: CSVDialect, note: String?) {
    let trials = CSVDialect.delimiters.map { read(bytes, start, end, isWhole, $0) }
    let perfect = trials.filter(\.isPerfect)
    if let most = perfect.map(\.columnCount).max() {
      let best = perfect.filter { $0.columnCount == most }
      let note =
        best.count == 1
        ? nil
        : "the delimiter may be \(best.map { CSVDialect.name($0.delimiter) }.joined(separator: " or "));"
          + " read with the first; with (delimiter = '…') chooses"
      return (CSVDialect(delimiter: best[0].delimiter), note)
    }
    // A text with flaws is read with the delimiter that most of its records bear out.
    func rank(_ trial: Trial) -> (Int, Int) {
      let isBorneOut = trial.columnCount > 1 && trial.fittingCount &* 2 > trial.recordCount
      return (isBorneOut ? trial.columnCount : 0, trial.columnCount)
    }
    var best = trials[0]
    for trial in trials.dropFirst() where rank(trial) > rank(best) { best = trial }
    return (CSVDialect(delimiter: best.delimiter), nil)
  }

  private static func read(
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ isWhole: Bool, _ delimiter: UInt8
  ) -> Trial {
    var trial = Trial(delimiter: delimiter)
    let ends = UnsafeMutablePointer<UInt32>.allocate(capacity: end &- start &+ 65)
    defer { ends.deallocate() }
    var from = start
    while from < end, trial.recordCount < recordLimit {
      var scan = StructuralScan.starting(
        bytes: bytes, ends: ends, dialect: CSVDialect(delimiter: delimiter))
      let next = structural_scan_row(&scan, from, end)
      if scan.errorAt != .nowhere { trial.isBroken = true }
      if next == .nowhere, !isWhole || trial.isBroken { break }
      let behind = next == .nowhere ? end : next
      let isBlank = (from..<behind).allSatisfy { bytes[$0] == 0x0A || bytes[$0] == 0x0D }
      from = behind
      if isBlank { continue }
      // The end of the text ends a field too.
      let count = scan.endCount &+ (next == .nowhere ? 1 : 0)
      if trial.recordCount == 0 { trial.columnCount = count }
      trial.recordCount &+= 1
      trial.fittingCount &+= count == trial.columnCount ? 1 : 0
    }
    return trial
  }
}
