import Foundation
import Testing

@testable import DeskQL

/// Searches in texts that are held as templates and digits, beside a look at every text.
@Suite struct TemplateSearchTests {
  private static let subjects: [String] = {
    var random = RandomNumbers(seed: 5)
    let openers = ["Invoice", "REFUND", "Où est 1 colis", "İade", "kelvin \u{212A}", "款 12", ""]
    return (0..<6_000).map { _ in
      let opener = openers[random.next(UInt64(openers.count))]
      if opener.isEmpty { return "" }
      let number = random.next([10, 500, 100_000, 100_000][random.next(4)])
      let endings = ["", " 07-1", " again"] + [String](repeating: " #\(number)", count: 9)
      return opener + endings[random.next(12)]
    }
  }()

  private let session: Session

  init() throws {
    session = try SmallData.session(
      ("tickets", ["id,subject"] + zip(Self.subjects, 1...).map { "\($1),\($0)" }))
    let tables = session.state.withLock { $0.store.tables }
    let index = try #require(tables[0].schema.index(of: "subject"))
    guard case .template = tables[0].columns[index] else {
      Issue.record("no templates")
      return
    }
  }

  /// Whether a condition holds where it should; missing texts meet none.
  private func check(_ condition: String, _ holds: (String) -> Bool) throws {
    let query = "list id from tickets where \(condition) and subject is not missing"
    let found = Set(try session.query(query).columns[0].values.compactMap(\.double))
    let wanted = zip(Self.subjects, 1...).filter { !$0.0.isEmpty && holds($0.0) }
    let difference = found.symmetricDifference(wanted.map { Double($0.1) })
    #expect(difference.sorted().first == nil, "\(condition)")
  }

  @Test(arguments: [
    "invoice", "refund #1", "#", "#4", "0", "00", "07-1", "07-2", "1", "k", "i", "colis #3", "款 1",
    "款",
    " ", "again", "7", "e 1 c", "où est 2", "zzz",
  ])
  func words(_ word: String) throws {
    let folded = Array(word.lowercased().utf8)
    try check("subject contains '\(word)'") { Array($0.lowercased().utf8).contains(folded) }
    try check("subject starts with '\(word)'") { $0.lowercased().utf8.starts(with: folded) }
    try check("subject ends with '\(word)'") {
      $0.lowercased().utf8.reversed().starts(with: folded.reversed())
    }
  }

  @Test func whole() throws {
    for text in ["Invoice", "invoice #7", "Invoice #07", "REFUND 07-1", "款 12", "款 13", "款 02"] {
      try check("subject = '\(text)'") { $0.lowercased() == text.lowercased() }
      try check("subject != '\(text)'") { $0.lowercased() != text.lowercased() }
    }
    let some = ["refund #1", "refund #2", "iNVOICE 07-1", "REFUND again"]
    try check("subject in (\(some.map { "'\($0)'" }.joined(separator: ", ")))") {
      some.map { $0.lowercased() }.contains($0.lowercased())
    }
    let many = (0..<12).map { "invoice #\($0)" }
    try check("subject in (\(many.map { "'\($0)'" }.joined(separator: ", ")))") {
      many.contains($0.lowercased())
    }
  }

  @Test(arguments: [
    "[0-9]", "\\\\d{3}", "#[0-4]", "#1.*7$", "^[^0-9]*$", "(?i)refund #.[02468]$", "Invoice",
    "\\\\b07", "1|a$",
    "^\\\\w+$", "9+",
  ])
  func patterns(_ pattern: String) throws {
    let written = pattern.replacing("\\\\", with: "\\")
    let expression = try NSRegularExpression(pattern: written)
    try check("subject matches '\(written)'") { text in
      expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }
  }

  @Test func everythingElseSeesTheTexts() throws {
    let texts = Self.subjects.filter { !$0.isEmpty }
    #expect(
      try SmallData.numbers("distinct subject from tickets", in: session).values.first
        == Double(Set(texts).count))
    let listed = try session.query("list subject from tickets where subject is not missing")
    #expect(listed.columns[0].values.map { String(describing: $0) }.count == texts.count)
    let groups = try session.query("tickets by subject where subject is not missing")
    #expect(groups.columns[0].values.count == Set(texts).count)
    #expect(
      groups.columns[1].values.compactMap(\.double).reduce(0, +) == Double(texts.count))
    try check("subject > 'Invoice #2' and subject < 'invoice #3'") {
      $0.lowercased() > "invoice #2" && $0.lowercased() < "invoice #3"
    }
    #expect(
      try SmallData.numbers("tickets where subject is missing", in: session).values.first
        == Double(Self.subjects.count - texts.count))
  }
}
