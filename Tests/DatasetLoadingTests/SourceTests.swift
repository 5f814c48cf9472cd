import ColumnStore
import Diagnostics
import Foundation
import Testing

@testable import DatasetLoading

@Suite struct SourceTests {
  /// The code of the error that loading a path gives.
  private func code(_ path: String) -> String {
    do throws(Diagnostic) {
      _ = try DatasetLoader.load(LoadRequest(path: path))
      return "loaded"
    } catch {
      return error.code
    }
  }

  private func temporary(_ name: String) -> String {
    NSTemporaryDirectory() + "deskql-\(UUID().uuidString)-" + name
  }

  @Test func namesWhatCannotBeOpened() {
    #expect(code("/tmp") == "file-is-directory")
    #expect(code("/tmp/there-is-no-such-file.csv") == "file-not-found")
  }

  @Test(
    arguments: [
      ([0x1F, 0x8B, 8], "truncated"), ([0x50, 0x4B, 3, 4], "truncated"),
      ([0x42, 0x5A, 0x68], "other-format"), ([0x89, 0x50, 0x4E, 0x47, 0x0D], "other-format"),
      ([0xFF, 0xFE, 0, 0], "other-format"), ([], "no-header"),
      ([0xEF, 0xBB, 0xBF], "no-header"),
      ([0x0A, 0x0D, 0x0A], "no-header"),
    ] as [([UInt8], String)])
  func namesOtherKindsOfFiles(bytes: [UInt8], code: String) {
    do throws(Diagnostic) {
      _ = try load(bytes)
      Issue.record("loaded")
    } catch {
      #expect(error.code == code)
    }
  }

  @Test func readsPipes() throws {
    let path = temporary("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    let rows = 50_000
    let writer = Thread {
      guard let file = fopen(path, "w") else { return }
      fputs("id,name\n", file)
      for row in 0..<rows { fputs("\(row),\"name \(row % 10)\"\n", file) }
      fclose(file)
    }
    writer.start()
    let loaded = try DatasetLoader.load(LoadRequest(path: path))
    #expect(loaded.table.rowCount == rows)
    #expect(loaded.cells("name")[rows - 1] == "name 9")
  }

  @Test func stopsWhenAsked() {
    let cancellation = CancellationFlag()
    cancellation.set()
    var request = LoadRequest(path: "data.csv", cancellation: cancellation)
    request.threads = 2
    do throws(Diagnostic) {
      let source = ByteSource(path: "data.csv", bytes: Array("a,b\n1,2\n".utf8))
      _ = try DatasetLoader.load(source, request, LoadTuning())
      Issue.record("loaded")
    } catch {
      #expect(error.code == "cancelled")
    }
  }

  @Test func limitsTheLengthOfARecord() {
    var text = "a,b\n1,\""
    text += String(repeating: "x", count: ChunkReader.recordLimit + 3_000_000)
    text += "\"\n"
    do throws(Diagnostic) {
      _ = try load(text)
      Issue.record("loaded")
    } catch {
      #expect(error.code == "limit" && error.message.contains("record 2"))
    }
  }

  @Test func findsDelimiters() throws {
    for delimiter in [",", ";", "\t", "|"] {
      let text = "a\(delimiter)\"b,;\"\(delimiter)c\n1\(delimiter)2\(delimiter)3\n"
      #expect(try load(text).table.columns.count == 3, "\(delimiter.debugDescription)")
    }
  }

  @Test func readsAHeaderAlone() throws {
    for text in ["a,b", "a,b\n", "a,b\r\n", "\u{FEFF}a,b\r"] {
      let loaded = try load(text)
      #expect(loaded.table.rowCount == 0)
      #expect(loaded.table.schema.columns.map(\.name) == ["a", "b"])
    }
  }
}
