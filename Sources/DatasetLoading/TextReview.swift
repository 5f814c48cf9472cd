import ColumnStore

/// Looks over the texts of a loaded table for what a reader would stumble over.
enum TextReview {
  /// What there is to say about the values of text columns whose values repeat, and about the last
  /// record.
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
    if let note = lastRecord(plans, columns) { notes.append(note) }
    return notes
  }

  private static let entryLimit = 100_000

  /// What may be odd about a value.
  private enum Oddity: CaseIterable {
    case padded, inApostrophes, marked, dashes, header

    func note(_ columns: String) -> String {
      switch self {
      case .padded: "values of \(columns) begin or end with spaces, kept as they stand"
      case .inApostrophes: "values of \(columns) stand in apostrophes, kept as they stand"
      case .marked: "values of \(columns) hold an invisible character (a BOM inside the text)"
      case .dashes: "values of \(columns) are nothing but dashes or the like"
      case .header: "values of \(columns) are the column's own header: is it repeated?"
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
    }
    return found
  }

  private static let dashes: Set<UInt8> = [0x2D, 0x3D, 0x5F, 0x2A, 0x2E]

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  // MARK: The last record

  /// A last record that is no more than a total or a remark.
  private static func lastRecord(_ plans: [ColumnPlan], _ columns: [Column]) -> String? {
    guard columns.count > 2, let last = columns.first.map({ $0.count &- 1 }), last > 1 else {
      return nil
    }
    let present = columns.filter { !isMissing($0, last) }
    guard !present.isEmpty, present.count < columns.count else { return nil }
    var first: String?
    for case .dictionary(let texts) in present where first == nil { first = texts.string(last) }
    for case .text(let texts) in present where first == nil { first = texts.string(last) }
    let words = (first ?? "").lowercased()
    let isTotal = totals.contains { words.contains($0) }
    guard isTotal || present.count &* 2 <= columns.count else { return nil }
    // Missing where every other record has a value.
    let isOdd = columns.contains { column in
      isMissing(column, last) && (0..<last).allSatisfy { !isMissing(column, $0) }
    }
    guard isOdd else { return nil }
    return "the last record"
      + (first.map { ", which begins with \(SafeText.quoted($0))," } ?? "")
      + " lacks values that all others have: is it a total?"
  }

  private static let totals = ["total", "sum", "count", "record", "generated", "gesamt", "suma"]

  private static func isMissing(_ column: Column, _ row: Int) -> Bool {
    switch column {
    case .number(let numbers): !numbers.isValid(row)
    case .dictionary(let texts): texts.codes[row] == 0
    case .text(let texts): texts.validity.map { !$0[row] } ?? false
    case .tags(let tags): tags.run(row).isEmpty
    }
  }
}
