import ColumnStore
import Diagnostics
import Foundation
import Testing

@testable import DatasetLoading

@Suite struct JSONTests {
  @Test func readsArraysOfObjects() throws {
    let text = """
      [
        {"id": 1, "score": {"value": 5, "by": "Ann"}, "tags": ["a", "b c"], "note": "x,\\"y\\"\\n"},
        {"id": 9007199254740993, "extra": null, "tags": [], "open": true},
        {"id": 3, "score": {"value": 1.25}, "late": "yes"}
      ]
      """
    for chunkSize in [7, 1 << 16] {
      let loaded = try load(text, tuning: LoadTuning(chunkSize: chunkSize))
      #expect(
        loaded.table.schema.columns.map(\.header)
          == ["id", "score.value", "score.by", "tags", "note", "extra", "open", "late"])
      #expect(loaded.cells("id") == ["1", "9007199254740993", "3"])
      #expect(loaded.cells("score_value") == ["5.0", nil, "1.25"])
      #expect(loaded.cells("tags") == ["a+b c", nil, nil])
      #expect(loaded.type("tags") == .tags)
      #expect(loaded.cells("note") == ["x,\"y\"\n", nil, nil])
      #expect(loaded.cells("extra") == [nil, nil, nil])
      #expect(loaded.type("open") == .boolean)
    }
  }

  @Test func readsJSONLines() throws {
    let text =
      "{\"a\":1,\"b\":\"é\\u00e9\\ud83d\\ude00\"}\n\n{\"b\":\"z\",\"a\":2}\r\n{\"c\":[1,2]}\n"
    let loaded = try load(text)
    #expect(loaded.cells("a") == ["1", "2", nil])
    #expect(loaded.cells("b") == ["éé😀", "z", nil])
    #expect(loaded.cells("c") == [nil, nil, "1+2"])
  }

  @Test func readsTheLargestArrayOfAWrapper() throws {
    let text = """
      {"count": 3, "users": [{"name": "u"}], "data": {"page": 1, "tickets": [
        {"id": 1, "custom": [{"x": 1}, {"x": 2}]}, {"id": 2}, {"id": 3}
      ]}, "next": null}
      """
    let loaded = try load(text)
    #expect(loaded.cells("id") == ["1", "2", "3"])
    #expect(loaded.cells("custom").first == "[{\"x\":1},{\"x\":2}]")
    #expect(loaded.report.notes.contains { $0.contains("3 objects of 'data.tickets'") })
    #expect(loaded.report.notes.contains { $0.contains("left out: 'users' (1)") })
  }

  @Test func readsTheListWithTheNameOfTheDataset() throws {
    let text = "{\"tickets\":[{\"id\":1}],\"users\":[{\"id\":5},{\"id\":6}],\"calls\":[]}"
    for loaded in [try load(text, name: "tickets"), try load(text, path: "tickets.json")] {
      #expect(loaded.cells("id") == ["1"])
      #expect(loaded.report.notes.contains { $0.contains("left out: 'users' (2)") })
    }
    #expect(try load(text, name: "users").cells("id") == ["5", "6"])
    #expect(throws: Diagnostic.self) {
      try load("{\"tickets\":[],\"users\":[{\"id\":5}]}", name: "tickets")
    }
    let other = "{\"data\":[{\"id\":1}],\"chats\":[]}"
    #expect(try load(other, name: "tickets").cells("id") == ["1"])
    // An empty list of a record is no list of records.
    #expect(try load("{\"id\":1,\"items\":[]}").table.rowCount == 1)
  }

  @Test func theLastOfDoubledKeysCounts() throws {
    let loaded = try load("[{\"a\":1,\"a\":2,\"o\":{\"x\":1},\"o\":{\"y\":2}},{\"a\":3}]")
    #expect(loaded.cells("a") == ["2", "3"])
    #expect(loaded.cells("o_x") == [nil, nil])
    #expect(loaded.report.notes.contains { $0.contains("stand twice") && $0.contains("'a'") })
  }

  @Test func namesThePlacesOfProblems() throws {
    var text = "[\n"
    for row in 0..<100 {
      text += "  {\n    \"n\": \(row == 90 ? "\"x\"" : "\(row)")\n  }\(row < 99 ? "," : "")\n"
    }
    let loaded = try load(text + "]\n")
    #expect(loaded.type("n") == .number)
    #expect(loaded.report.problems.first?.record == 91)
    #expect(loaded.report.problems.first?.line == 272)
  }

  @Test(
    arguments: [
      ("[{\"a\":1},]", "json"), ("[{\"a\":1}", "json"), ("[{\"a\":1}] x", "json"),
      ("{\"a\":1}{\"a\":2}", "json"), ("{\"a\":1}\n[2]", "json"), ("[{\"a\":1},2]", "json"),
      ("[{\"a\":01}]", "json"), ("[{\"a\":\"\\ud800\"}]", "json"), ("[{\"a\":\"\u{1}\"}]", "json"),
      ("[{\"a\":\"\\u0000\"}]", "json"), ("[]", "no-records"), ("[{}]", "no-records"),
      ("[1,2]\n[3,4]\n", "json"), ("[[\"a\",\"b\"],[1,2]]", "json"), ("[\n  1,\n  2\n]", "json"),
      ("{\"results\":[],\"next\":null,\"count\":0}", "no-records"),
    ])
  func refuses(text: String, code: String) {
    let error = failure(Array(text.utf8))
    #expect(error?.code == code, "\(text): \(error?.message ?? "loaded")")
  }

  @Test(arguments: ["[1],[2]\na,b\n", "[id],[created]\n1,2\n", "[2024-01-01],x\na,b\n"])
  func fieldsInBracketsAreNoJSON(text: String) throws {
    #expect(try load(text).report.format.hasPrefix("delimited text"))
  }

  @Test func namesTheByteThatIsNoUTF8() {
    let bytes = Array("[{\"a\":\"".utf8) + [0xC3, 0x28] + Array("\"}]".utf8)
    #expect(failure(bytes)?.message.contains("byte 7") == true)
  }

  @Test func limitsDepth() {
    func nested(_ depth: Int) -> [UInt8] {
      let open = "[{\"a\":" + String(repeating: "[", count: depth - 2)
      return Array((open + String(repeating: "]", count: depth - 2) + "}]").utf8)
    }
    #expect(failure(nested(512)) == nil)
    #expect(failure(nested(513))?.code == "json")
    #expect(failure(Array(String(repeating: "{\"a\":", count: 100_000).utf8))?.code == "json")
  }

  private struct Corpus: Decodable {
    struct Case: Decodable {
      var file: String
      var verdict: String
    }
    var cases: [Case]
  }

  @Test(.enabled(if: sharedFolder("corpora") != nil, "the shared corpora are absent"))
  func followsTheVerdictsOfJSONTestSuite() throws {
    guard let folder = sharedFolder("corpora/JSONTestSuite") else { return }
    let data = try Data(contentsOf: folder.appendingPathComponent("expect.json"))
    let cases = try JSONDecoder().decode(Corpus.self, from: data).cases
    #expect(cases.count == 340)
    for item in cases {
      let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(item.file)))
      let verdict = isSound(bytes) ? "accept" : "reject"
      #expect(item.verdict == "either" || verdict == item.verdict, "\(item.file)")
      // Whatever the file is, loading it ends with a table or an error.
      _ = failure(bytes)
    }
  }

  /// Whether bytes are one JSON value.
  private func isSound(_ bytes: [UInt8]) -> Bool {
    do throws(Diagnostic) {
      let reader = try JSONReader(
        SourceStream(ByteSource(path: "x.json", bytes: bytes)), path: "x.json")
      try reader.value(depth: 1)
      return try reader.next() == nil
    } catch {
      return false
    }
  }
}
