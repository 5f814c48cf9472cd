import ColumnStore

/// Looks over the texts of a loaded table for what a reader would stumble over.
enum TextReview {
  /// What there is to say about the values of text columns whose values repeat, and about the last
  /// records.
  static func notes(_ plans: [ColumnPlan], _ columns: [Column]) -> [String] {
    var found: [Oddity: [String]] = [:]
    for (plan, column) in zip(plans, columns) {
      guard case .dictionary(let texts) = column, texts.dictionary.count <= entryLimit else {
        continue
      }
      let header = Array(plan.header.utf8)
      for oddity in oddities(texts.dictionary, header: header) {
        found[oddity, default: []].append("'\(plan.name)'")
      }
    }
    var notes = Oddity.allCases.compactMap { oddity in
      found[oddity].map { oddity.note(SafeText.cut($0.joined(separator: ", "), 200)) }
    }
    if let note = lastRecords(plans, columns) { notes.append(note) }
    return notes
  }

  private static let entryLimit = 100_000

  /// What may be odd about a value.
  private enum Oddity: CaseIterable {
    case padded, inApostrophes, marked, replaced, dashes, header, total

    func note(_ columns: String) -> String {
      switch self {
      case .padded: "values of \(columns) begin or end with spaces, kept as they stand"
      case .inApostrophes: "values of \(columns) stand in apostrophes, kept as they stand"
      case .marked: "values of \(columns) hold an invisible character (a BOM inside the text)"
      case .replaced:
        "values of \(columns) hold the character for what could not be read (U+FFFD): the file "
          + "was saved so"
      case .dashes: "values of \(columns) are nothing but dashes or the like"
      case .header: "values of \(columns) are the column's own header: is it repeated?"
      case .total: "values of \(columns) read like totals; each counts as a row"
      }
    }
  }

  private static func oddities(_ texts: TextHeap, header: [UInt8]) -> Set<Oddity> {
    var found: Set<Oddity> = []
    for index in 0..<texts.count {
      let text = texts.utf8(index)
      guard let first = text.first, let last = text.last else { continue }
      if isSpace(first) || isSpace(last) { found.insert(.padded) }
      if first == 0x27, last == 0x27, text.count > 2 { found.insert(.inApostrophes) }
      if first == 0xEF, text.starts(with: [0xEF, 0xBB, 0xBF]) { found.insert(.marked) }
      if text.count > 2, dashes.contains(first), text.allSatisfy(dashes.contains) {
        found.insert(.dashes)
      }
      if text.count == header.count, text.elementsEqual(header) { found.insert(.header) }
      if isReplaced(text) { found.insert(.replaced) }
      if text.count < 40, isTotal(text) { found.insert(.total) }
    }
    return found
  }

  private static let dashes: [UInt8] = [0x2D, 0x3D, 0x5F, 0x2A, 0x2E]

  private static func isReplaced(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.contains(0xEF) else { return false }
    return String(decoding: text, as: UTF8.self).unicodeScalars.contains("\u{FFFD}")
  }

  /// Whether a text is a word for a total, or the total of something.
  private static func isTotal(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let last = text.last, lastLetters.contains(last | 0x20) else { return false }
    let words = SafeText.string(Array(text)).split(separator: " ")
    guard let word = words.last else { return false }
    return totalWords.contains(word.lowercased())
      && (words.count == 1
        || words.count < 4 && words.allSatisfy { $0.first?.isUppercase ?? false })
  }

  private static let totalWords: Set<String> = ["total", "totals", "subtotal", "gesamt", "summe"]
  private static let lastLetters = totalWords.compactMap { $0.utf8.last }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  // MARK: The last records

  /// The last records where they are no more than totals and remarks.
  private static func lastRecords(_ plans: [ColumnPlan], _ columns: [Column]) -> String? {
    guard columns.count > 2, let count = columns.first?.count, count > 2 else { return nil }
    // Where records begin that lack what every one before has.
    let starts = columns.compactMap { column in
      column.isMissing(count &- 1) ? (0..<count).first { column.isMissing($0) } : nil
    }
    guard let start = starts.filter({ $0 > 1 && $0 >= count &- fewRecords }).min() else {
      return nil
    }
    let present = columns.filter { !$0.isMissing(start) }
    if present.isEmpty { return nil }
    var first: String?
    for case .dictionary(let texts) in present where first == nil { first = texts.string(start) }
    for column in present where first == nil { first = column.textReader()?.string(start) }
    let words = (first ?? "").lowercased().split { !$0.isLetter }
    let isTotal = words.contains { totals.contains(String($0)) }
    guard isTotal || present.count &* 2 <= columns.count else { return nil }
    let text = first.map { SafeText.quoted($0) }
    if start == count &- 1 {
      return "the last record" + (text.map { ", which begins with \($0)," } ?? "")
        + " lacks values that all others have: is it a total?"
    }
    return "the last \(count &- start) records" + (text.map { ", from \($0) on," } ?? "")
      + " lack values that all others have: are they totals?"
  }

  private static let fewRecords = 10

  private static let totals: Set<String> = [
    "total", "totals", "sum", "count", "records", "generated", "gesamt", "summe", "suma",
  ]
}
