import Diagnostics
import Foundation
import Testing

@testable import DatasetLoading

/// A file of a corpus with what is to be expected of it.
private struct CorpusCase: Decodable {
  var file: String
  var verdict: String
  var rule: String?
  var error: String?
  var record: Int?
  var at: Int?
  var rows: Int?
  var cols: Int?
  var expected: String?
  var type: String?
}

private struct Corpus: Decodable {
  var cases: [CorpusCase]
}

@Suite struct CorpusTests {
  private static let names = [
    "arrow-csv-fuzz", "csv-spectrum", "csv-test-data", "csvkit-examples", "duckdb-fuzzer",
    "polars-inline", "rust-csv", "vroom", "w3c-csvw",
  ]

  private static func cases(_ name: String) throws -> (folder: URL, cases: [CorpusCase])? {
    guard let folder = sharedFolder("corpora/\(name)") else { return nil }
    let data = try Data(contentsOf: folder.appendingPathComponent("expect.json"))
    return (folder, try JSONDecoder().decode(Corpus.self, from: data).cases)
  }

  @Test(
    .enabled(if: sharedFolder("corpora") != nil, "the shared corpora are absent"), arguments: names)
  func followsTheVerdicts(name: String) throws {
    guard let (folder, cases) = try CorpusTests.cases(name) else { return }
    #expect(!cases.isEmpty)
    for item in cases {
      let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(item.file)))
      for chunkSize in [5, 1 << 16] {
        check(item, bytes, folder, chunkSize: chunkSize, label: "\(name)/\(item.file)")
      }
    }
  }

  private func check(
    _ item: CorpusCase, _ bytes: [UInt8], _ folder: URL, chunkSize: Int, label: String
  ) {
    let tuning = LoadTuning(chunkSize: chunkSize, delimiter: 0x2C, isAllText: true)
    do throws(Diagnostic) {
      let loaded = try load(bytes, tuning: tuning)
      // The corpus holds readers to UTF-8, and this one decodes UTF-16 with a mark.
      if item.rule == "utf16-bom" { return }
      guard item.verdict != "reject" else {
        Issue.record("\(label): loaded, but must be refused: \(item.rule ?? "")")
        return
      }
      #expect(loaded.table.rowCount == item.rows, "\(label)")
      #expect(loaded.table.columns.count == item.cols, "\(label)")
      if item.verdict == "accept-warn" { #expect(!loaded.report.notes.isEmpty, "\(label)") }
      compare(loaded, item, folder, label)
    } catch {
      if item.verdict == "reject" {
        let code = error.code == "other-format" ? "utf16-bom" : error.code
        // Of several faults in a file, the first in it is named here; the corpus names the gravest.
        let isEarlier = error.byte.map { $0 <= item.at ?? 0 } ?? false
        #expect(code == item.rule || isEarlier, "\(label): \(error.message)")
      } else if item.verdict != "either" {
        Issue.record("\(label): refused: \(error.message)")
      }
    }
  }

  private func compare(
    _ loaded: LoadedDataset, _ item: CorpusCase, _ folder: URL, _ label: String
  ) {
    guard let path = item.expected,
      let data = try? Data(contentsOf: folder.appendingPathComponent(path)),
      let rows = try? JSONDecoder().decode([[String]].self, from: data)
    else { return }
    #expect(loaded.table.schema.columns.map(\.header) == rows.first, "\(label)")
    for (row, expected) in rows.dropFirst().enumerated() {
      let found = loaded.table.columns.map { cell($0, row) ?? "" }
      #expect(found == expected, "\(label), row \(row + 1)")
    }
  }

  @Test(.enabled(if: sharedFolder("corpora") != nil, "the shared corpora are absent"))
  func standsTheFaults() throws {
    guard let (folder, cases) = try CorpusTests.cases("faults") else { return }
    for item in cases {
      let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(item.file)))
      do throws(Diagnostic) {
        let loaded = try load(bytes, path: item.file)
        // Equal headers may also be renamed with a note, which this loader does; and it reads
        // gzip data and JSON, whatever the name.
        let isRenamed =
          item.error == "duplicate-column" && !loaded.report.notes.isEmpty
          || item.error == "compressed" || item.file.contains("json_named")
        guard item.verdict != "reject" || isRenamed else {
          Issue.record("\(item.file): loaded, but must be refused: \(item.error ?? "")")
          continue
        }
        if let rows = item.rows, !isRenamed {
          #expect(loaded.table.rowCount == rows, "\(item.file)")
        }
      } catch {
        #expect(error.message.utf8.count < 1_000, "\(item.file)")
        #expect(item.verdict == "reject" || item.verdict == "either", "\(item.file): \(error)")
        if let record = item.record {
          #expect(error.message.contains("record \(record),"), "\(item.file): \(error.message)")
        }
      }
    }
  }
}

extension Diagnostic {
  /// The byte that the message names.
  fileprivate var byte: Int? {
    message.firstMatch(of: /byte (\d+)/).flatMap { Int($0.1) }
  }
}
