import CKernels
import Diagnostics

/// Finds the dialect of a text by reading its first records with each in turn.
struct DialectSniffer {
  /// What the records look like in one dialect.
  struct Trial {
    var dialect: WrittenDialect
    /// The fields of the first record.
    var header: [ArraySlice<UInt8>] = []
    var columnCount: Int { header.count }
    var recordCount = 0
    /// Records with as many fields as the header.
    var fittingCount = 0
    var isBroken = false

    /// Whether all records fit a header of several columns.
    var isPerfect: Bool { columnCount > 1 && fittingCount == recordCount && !isBroken }
    /// Whether every other field is empty, as where the delimiter is one of two characters.
    var isHalved: Bool {
      columnCount > 2 && columnCount % 2 == 1
        && stride(from: 1, to: columnCount, by: 2).allSatisfy { header[$0].isEmpty }
    }
    /// Whether most records do.
    var isBorneOut: Bool { columnCount > 1 && fittingCount &* 2 > recordCount }
  }

  /// A dialect, how its records look, and what there is to say about the choice.
  struct Finding {
    var trial: Trial
    var note: String?
    var dialect: WrittenDialect { trial.dialect }
  }

  private static let recordLimit = 100

  private let bytes: ArraySlice<UInt8>
  private let isWhole: Bool
  private let records: HeadRecords

  /// A sniffer over a text's first bytes; `isWhole` where there are no others.
  init(_ bytes: ArraySlice<UInt8>, isWhole: Bool) {
    self.bytes = bytes
    self.isWhole = isWhole
    records = HeadRecords(bytes, isWhole: isWhole)
  }

  /// The likeliest dialect, and a note where others are as likely or where it is a rare one.
  func sniff(triesRare: Bool = true) -> Finding {
    let trials = WrittenDialect.common.map(read)
    let perfect = trials.filter(\.isPerfect).sorted { $0.columnCount > $1.columnCount }
    if let best = perfect.first {
      if triesRare, let closer = closer(best) {
        return Finding(trial: closer, note: closer.dialect.words)
      }
      let names = perfect.map(\.dialect.delimiterName)
      let note =
        names.count == 1
        ? nil
        : "the delimiter may be \(names.joined(separator: " or "));"
          + " read with the first; with (delimiter = '…') chooses"
      return Finding(trial: best, note: note)
    }
    if triesRare, let other = otherDialect(trials) {
      return Finding(trial: other, note: other.dialect.words)
    }
    // A text with flaws is read with the delimiter that most of its records bear out.
    func rank(_ trial: Trial) -> (Int, Int) {
      (trial.isBorneOut ? trial.columnCount : 0, trial.columnCount)
    }
    var best = trials[0]
    for trial in trials.dropFirst() where rank(trial) > rank(best) { best = trial }
    return Finding(trial: best)
  }

  // MARK: Dialects beside the common ones

  /// A dialect that fits the text more closely than one in which all records are equal already.
  private func closer(_ best: Trial) -> Trial? {
    let mark = best.dialect.delimiter[0]
    if best.isHalved {
      let doubled = read(WrittenDialect([mark, mark]))
      if doubled.isPerfect, doubled.columnCount == best.columnCount / 2 &+ 1 { return doubled }
    }
    if best.header.dropFirst().allSatisfy({ $0.first == 0x20 || $0.first == 0x09 }) {
      let isPadded = best.header.dropLast().allSatisfy { $0.last == 0x20 }
      for delimiter in [[0x20, mark, 0x20], [mark, 0x20], [mark, 0x09]] as [[UInt8]] {
        if delimiter.count == 3, !isPadded { continue }
        let spaced = read(WrittenDialect(delimiter))
        if spaced.isPerfect, spaced.columnCount == best.columnCount { return spaced }
      }
    }
    // A comma and a tab, of which the tab alone was taken.
    if let last = best.header[0].last, [0x2C, 0x3B, 0x7C].contains(last),
      best.header.dropLast().allSatisfy({ $0.last == last })
    {
      let paired = read(WrittenDialect([last, mark]))
      if paired.isPerfect, paired.columnCount == best.columnCount { return paired }
    }
    if hasApostrophes(best) {
      let quoted = read(WrittenDialect([mark], quote: UInt8(ascii: "'")))
      if quoted.isPerfect { return quoted }
    }
    return nil
  }

  /// Whether several fields of the header or the text stand in apostrophes, and none in quotes.
  private func hasApostrophes(_ trial: Trial) -> Bool {
    let mark = trial.dialect.delimiter[0]
    var count = 0
    var previous: UInt8 = 0x0A
    for (index, byte) in zip(bytes.indices, bytes) {
      let isStart = previous == mark || previous == 0x0A || previous == 0x0D
      if isStart, byte == 0x22 { return false }
      if byte == 0x27, isStart { count &+= 1 }
      if byte == 0x27, !isStart, index &+ 1 < bytes.endIndex,
        bytes[index &+ 1] == mark || bytes[index &+ 1] == 0x0A || bytes[index &+ 1] == 0x0D
      {
        count &+= 1
      }
      previous = byte
    }
    return count >= 4
  }

  /// A dialect in which all records are equal, where no common one is like that.
  private func otherDialect(_ common: [Trial]) -> Trial? {
    let hasBackslashes = contains([0x5C, 0x22]) || contains([0x5C, 0x27])
    let hasApostrophes = contains([0x27])
    var best: Trial?
    func consider(_ dialect: WrittenDialect) {
      let trial = read(dialect)
      let least = dialect.isRisky ? 3 : 2
      guard trial.isPerfect, trial.recordCount >= least, trial.columnCount >= least,
        !trial.isHalved, !dialect.isRisky || best == nil,
        trial.columnCount > best?.columnCount ?? 0
      else { return }
      best = trial
    }
    // A file whose records nearly all fit a common delimiter is a damaged one of that kind.
    let bornOut = common.filter(\.isBorneOut).map(\.dialect)
    let likely = bornOut.isEmpty ? WrittenDialect.common : bornOut
    for dialect in likely + (bornOut.isEmpty ? WrittenDialect.rare : []) {
      let isCommon = dialect.delimiter.count == 1 && !dialect.isRisky
      if !isCommon, !contains(dialect.delimiter) { continue }
      if hasBackslashes {
        consider(WrittenDialect(dialect.delimiter, hasBackslashes: true))
      }
      if hasApostrophes {
        consider(WrittenDialect(dialect.delimiter, quote: 0x27))
        if hasBackslashes {
          consider(WrittenDialect(dialect.delimiter, quote: 0x27, hasBackslashes: true))
        }
      }
      if !bornOut.isEmpty {
        consider(WrittenDialect([0x20] + dialect.delimiter + [0x20]))
        consider(WrittenDialect(dialect.delimiter + [0x20]))
        consider(WrittenDialect(dialect.delimiter + [0x09]))
      }
      consider(dialect)
    }
    return best
  }

  private func contains(_ part: [UInt8]) -> Bool {
    guard let first = part.first else { return false }
    var rest = bytes
    while let at = rest.firstIndex(of: first) {
      if rest[at...].starts(with: part) { return true }
      rest = rest[(at &+ 1)...]
    }
    return false
  }

  // MARK: Trials

  /// How the records look in one dialect.
  func read(_ dialect: WrittenDialect) -> Trial {
    dialect.isPlain ? readPlain(dialect) : readOther(dialect)
  }

  private func readOther(_ dialect: WrittenDialect) -> Trial {
    var trial = Trial(dialect: dialect)
    let reader = DialectReader(MemoryStream(bytes), dialect, path: "")
    // The last record of a part may be cut off, so it counts once another one follows.
    var pending: Int?
    func settle() {
      guard let count = pending else { return }
      trial.recordCount &+= 1
      trial.fittingCount &+= count == trial.columnCount ? 1 : 0
      pending = nil
    }
    do throws(Diagnostic) {
      while trial.recordCount < DialectSniffer.recordLimit, try reader.nextRecord() {
        if reader.isBlank { continue }
        settle()
        pending = reader.fields.count
        if trial.recordCount == 0 {
          trial.header = reader.fields.map { field in
            Array(UnsafeBufferPointer(start: reader.text.base, count: field.end)[field.start...])[
              ...]
          }
        }
      }
      if isWhole { settle() }
    } catch {
      // A quote that is open where the part ends says nothing.
      trial.isBroken = isWhole || error.code != "unterminated-quote"
    }
    trial.isBroken = trial.isBroken || reader.strayQuotes > 0 || trial.recordCount < 1
    return trial
  }

  private func readPlain(_ dialect: WrittenDialect) -> Trial {
    var trial = Trial(dialect: dialect)
    let plain = CSVDialect(delimiter: dialect.delimiter[0])
    records.forEach(in: plain, limit: DialectSniffer.recordLimit) { record in
      if record.isBroken { trial.isBroken = true }
      if record.isBlank { return true }
      if trial.recordCount == 0 {
        record.forEachField { trial.header.append(records.text($0)) }
      }
      trial.recordCount &+= 1
      trial.fittingCount &+= record.fieldCount == trial.columnCount ? 1 : 0
      // Of a text that a delimiter does not part, more records tell no more.
      return trial.columnCount > 1
    }
    return trial
  }
}
