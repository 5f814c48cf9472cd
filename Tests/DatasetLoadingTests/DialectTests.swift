import Diagnostics
import Testing

@testable import DatasetLoading

/// Delimited text that is written in other ways than with commas and doubled quotes.
@Suite struct DialectTests {
  private static let rows = [
    ["name", "said", "n"], ["Ann", "yes, \"surely\"", "1"], ["Bob", "I'm, well, not", "2"],
    ["Cem", "two\nlines", "3"], ["Dora", "back\\slash", "4"],
  ]

  /// The rows as a writer of a dialect has them.
  private static func text(
    _ delimiter: String, quote: Character = "\"", hasBackslashes: Bool = false,
    quotesAll: Bool = false
  ) -> String {
    var text = ""
    for row in rows {
      let cells = row.map { cell in
        let isSpecial =
          quotesAll || cell.contains(delimiter)
          || cell.contains { $0 == quote || $0 == "\n" || $0 == "\\" }
        if !isSpecial { return cell }
        let inner = cell.map { character in
          if hasBackslashes, character == quote || character == "\\" { return "\\\(character)" }
          return character == quote ? "\(quote)\(quote)" : "\(character)"
        }
        return "\(quote)" + inner.joined() + "\(quote)"
      }
      text += cells.joined(separator: delimiter) + "\n"
    }
    return text
  }

  private func check(_ text: String, _ label: String) throws {
    for chunkSize in [7, 1 << 16] {
      let loaded = try load(Array(text.utf8), tuning: LoadTuning(chunkSize: chunkSize))
      let names = loaded.table.schema.columns.map(\.name)
      try #require(names == DialectTests.rows[0], "\(label)")
      for (column, name) in names.enumerated() {
        #expect(loaded.cells(name) == DialectTests.rows.dropFirst().map { $0[column] }, "\(label)")
      }
      #expect(!loaded.report.notes.isEmpty, "\(label)")
    }
  }

  @Test(arguments: [
    ", ", "; ", " | ", "||", "::", ";;", "\t\t", "^", "~", "\u{1F}", "\u{1}", "¦", "§", ",\t",
  ])
  func readsRareDelimiters(delimiter: String) throws {
    try check(DialectTests.text(delimiter), delimiter)
    try check(DialectTests.text(delimiter, quotesAll: true), delimiter)
  }

  @Test(arguments: [",", ";", "\t", "|"])
  func readsApostrophesAndBackslashes(delimiter: String) throws {
    try check(DialectTests.text(delimiter, quote: "'"), delimiter)
    try check(DialectTests.text(delimiter, quote: "'", quotesAll: true), delimiter)
    try check(DialectTests.text(delimiter, hasBackslashes: true), delimiter)
    try check(DialectTests.text(delimiter, hasBackslashes: true, quotesAll: true), delimiter)
    try check(DialectTests.text(delimiter, quote: "'", hasBackslashes: true), delimiter)
  }

  @Test func readsSpacesBetweenFields() throws {
    let loaded = try load("id name n\n1 \"a b\" 3\n2 c 4\n3 d 5\n")
    #expect(loaded.cells("name") == ["a b", "c", "d"])
    #expect(loaded.report.notes.contains { $0.contains("a space") })
    // Two words in every line are no columns.
    #expect(try load("Full name\nAnn Lee\nBob Ray\nCem Oz\n").table.columns.count == 1)
  }

  @Test func takesDialectsAsAsked() throws {
    let loaded = try load(
      Array("a::b\n'x::y'::2\n".utf8), mappings: [("delimiter", "::"), ("quote", "'")])
    #expect(loaded.cells("a") == ["x::y"])
    let escaped = try load(
      Array("a,b\n\"x \\\"y\\\"\",2\n".utf8), mappings: [("escape", "backslash")])
    #expect(escaped.cells("a") == ["x \"y\""])
    #expect(failure([0x61], mappings: [("quote", "x")])?.code == "load-option")
    #expect(failure([0x61], mappings: [("escape", "x")])?.code == "load-option")
  }

  @Test func namesThePlaceOfWhatIsWrong() {
    let open = failure(Array("a, b\n1, 2\n\n3, \"4\n".utf8), mappings: [("delimiter", ", ")])
    #expect(open?.code == "unterminated-quote")
    #expect(open?.message.contains("record 3, line 4") == true)
    let behind = failure(Array("a, b\n\"1\" 2, 3\n".utf8), mappings: [("delimiter", ", ")])
    #expect(behind?.code == "text-after-closing-quote")
    #expect(behind?.message.contains("record 2, line 2") == true)
    let ragged = failure(Array("a, b\n1, 2\n3\n".utf8), mappings: [("delimiter", ", ")])
    #expect(ragged?.code == "ragged")
    #expect(ragged?.message.contains("record 3, line 3") == true)
  }

  @Test func keepsADamagedFileWhatItIs() {
    // All but one record fit the comma, so the text is no other dialect with that record in it.
    let rows = (1...30).map { "\($0),x y z,'q'\n" }.joined()
    #expect(failure(Array(("id,a b c,d\n" + rows + "31,x y z\n").utf8))?.code == "ragged")
  }

  @Test func saysHowAFileIsWritten() throws {
    #expect(
      try load("a;b\n1;2\n").report.format
        == "delimited text, fields are separated by ';', in UTF-8")
    #expect(try load("[{\"a\":1}]").report.format == "JSON, in UTF-8")
    #expect(
      try load(FormatFixtures.gzip).report.format
        == "delimited text, fields are separated by ',', in UTF-8, packed by gzip")
    let latin = try load(Array("a,b\n1,2\n".utf8), mappings: [("encoding", "cp1252")])
    #expect(latin.report.format.hasSuffix("in windows-1252"))
  }
}
