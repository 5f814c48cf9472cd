import Foundation
import Interactive
import Synchronization

/// An engine that answers by simple rules: `rows N` is a table of N rows, `noted` one with a note said twice, `fail` an error, `say X`
/// prose, `define` is done without a word; a line with `oops` cannot be read.
final class StubSession: QuerySession {
  let log = Mutex<[String]>([])
  let isCancelled = Mutex(false)
  let progress = LoadProgress()

  func load(path: String, as name: String?) throws(ScriptError) -> LoadSummary {
    note("load \(name ?? "-") \(path)")
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw error("'\(path)' cannot be read")
    }
    return summary("3 rows")
  }

  func setParameter(_ name: String, to literal: String) throws(ScriptError) {
    note("set \(name) \(literal)")
  }

  func parse(_ text: SourceText) throws(ScriptError) -> [Statement] {
    if text.text(of: text.range).contains("oops") { throw error("there is no name 'oops'") }
    var statements: [Statement] = []
    var offset = 0
    for part in text.bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      let range = SourceRange(offset, offset + part.count)
      if !part.isEmpty {
        let node = TextNode(value: "", range: range)
        statements.append(Statement(kind: .include(node), range: range))
      }
      offset += part.count + 1
    }
    return statements
  }

  func run(_ statement: Statement, in text: SourceText) throws(ScriptError) -> StatementResult {
    let words = text.text(of: statement.range).split(whereSeparator: \.isWhitespace)
    note("run " + words.joined(separator: " "))
    switch words.first {
    case "rows": return .table(Self.table(Int64(words.last ?? "") ?? 1))
    case "noted":
      var table = Self.table(1)
      table.notes = ["thin", "thin"]
      return .table(table)
    case "fail": throw error("this fails")
    case "say": return .text(words.dropFirst().joined(separator: " "))
    default: return .done(nil)
    }
  }

  func completions(in text: String, at utf8Offset: Int) -> CompletionList {
    note("complete \(text) at \(utf8Offset)")
    return list(
      of: ["csat", "csat_score", "bad\u{1B}"], replacing: max(0, utf8Offset - 1)..<utf8Offset)
  }

  var hasChangedFiles: Bool { false }
  var missingFiles: [String] { [] }
  func isLoaded(path: String) -> Bool { path.hasSuffix("/loaded.csv") }
  func reloadChangedFiles() throws(ScriptError) -> [LoadSummary] { [] }
  func setIntervals(_ on: Bool) { note("intervals \(on)") }
  func isIncomplete(_ text: String) -> Bool { text.hasSuffix(",") }
  func cancel() { isCancelled.withLock { $0 = true } }
  func clearCancellation() { isCancelled.withLock { $0 = false } }

  var calls: [String] { log.withLock { $0 } }

  private func note(_ call: String) { log.withLock { $0.append(call) } }

  private func error(_ message: String) -> ScriptError {
    ScriptError(diagnostics: [Diagnostic("stub", message)], source: SourceText(name: "stub", ""))
  }

  private func summary(_ text: String) -> LoadSummary { LoadSummary(text: text) }

  private func list(of words: [String], replacing range: Range<Int>) -> CompletionList {
    CompletionList(
      range: range,
      candidates: words.map { CompletionList.Candidate(text: $0, meaning: "a measure") })
  }

  private static func table(_ count: Int64) -> ResultTable {
    ResultTable(columns: [
      ResultColumn(
        name: "n", unit: .count, role: .key, values: (0..<count).map { .integer($0) })
    ])
  }
}
