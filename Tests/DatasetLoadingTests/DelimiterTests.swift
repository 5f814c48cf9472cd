import Diagnostics
import Foundation
import Testing

@testable import DatasetLoading

@Suite struct DelimiterTests {
  private func names(_ text: String) throws -> [String] {
    try load(text).table.schema.columns.map(\.header)
  }

  @Test func asksAllFirstRecords() throws {
    // The header has more commas than semicolons, the rows do not.
    let text = "name, first;note, if any;score\nA;x, y, z;1\nB;;2\n"
    #expect(try names(text) == ["name, first", "note, if any", "score"])
    #expect(try names("a\tb, c, d\n1,5\t2\n1,6\t3\n") == ["a", "b, c, d"])
    #expect(try names("\"a;b\",\"c;d\"\n\"1;2\",3\n") == ["a;b", "c;d"])
    #expect(try names("only\nsome text, with commas; and more\n".filter { $0 != "," }) == ["only"])
  }

  @Test func saysWhereTwoAreEquallyLikely() throws {
    let loaded = try load("a,b;c\n1,2;3\n")
    #expect(loaded.report.notes.contains { $0.contains("',' or ';'") })
    let chosen = try load(Array("a,b;c\n1,2;3\n".utf8), mappings: [("delimiter", ";")])
    #expect(chosen.table.schema.columns.map(\.header) == ["a,b", "c"])
    #expect(chosen.report.notes.isEmpty)
  }

  @Test func takesDelimitersAsAsked() throws {
    let loaded = try load(Array("a^b\n1^2\n".utf8), mappings: [("delimiter", "^")])
    #expect(loaded.cells("b") == ["2"])
    #expect(
      try load(Array("a\tb\n".utf8), mappings: [("delimiter", "tab")]).table.columns.count == 2)
    for wrong in ["", "\"", "\n", "123456789"] {
      #expect(failure([0x61], mappings: [("delimiter", wrong)])?.code == "load-option")
    }
  }

  @Test func readsDecimalCommas() throws {
    let loaded = try load("id;cost\n1;1,5\n2;20,25\n3;3\n")
    #expect(loaded.type("cost") == .number)
    #expect(loaded.cells("cost") == ["1.5", "20.25", "3.0"])
  }

  @Test func readsFilesWithoutHeader() throws {
    let loaded = try load(Array("1,x\n2,?\n".utf8), mappings: [("header", "no")])
    #expect(loaded.table.schema.columns.map(\.name) == ["column_1", "column_2"])
    #expect(loaded.cells("column_1") == ["1", "2"])
  }

  @Test func takesZonesAndStrictness() throws {
    let text = Array("id,created\n1,2024-03-15 10:00\n2,2024-03-16 10:00\n".utf8)
    let zoned = try load(text, mappings: [("timezone", "America/New_York")])
    let plain = try load(text)
    #expect(zoned.cells("created") != plain.cells("created"))
    let rows = (0..<100).map { "\($0 == 70 ? "x" : "\($0)"),1\n" }.joined()
    let bytes = Array(("n,m\n" + rows).utf8)
    #expect(failure(bytes) == nil)
    #expect(failure(bytes, mappings: [("strict", "yes")])?.code == "value")
    #expect(failure(bytes, mappings: [("timezone", "Mars")])?.code == "load-option")
  }
}
