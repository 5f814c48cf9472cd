import Diagnostics
import Testing

@testable import DatasetLoading

@Suite struct ChunkingTests {
  /// A text with quoted newlines, blank lines and all line ends, and its rows.
  private static func document(_ random: inout SeededGenerator) -> (text: String, rows: [[String]])
  {
    let ends = ["\n", "\r\n", "\r"]
    let columns = Int.random(in: 1...4, using: &random)
    var text = (0..<columns).map { "c\($0)" }.joined(separator: ",") + "\n"
    var rows: [[String]] = []
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      var row: [String] = []
      var line = ""
      for column in 0..<columns {
        let plain = ["", "a", "bc", "12", "é", "a longer text"].randomElement(using: &random) ?? ""
        let special = ["x,y", "q\"q", "two\nlines", "cr\r\nlf", "\"", "\n", ""]
        let isQuoted = Int.random(in: 0..<3, using: &random) == 0
        let value = isQuoted ? special.randomElement(using: &random) ?? "" : plain
        row.append(value)
        if column > 0 { line += "," }
        line += isQuoted ? "\"" + value.replacing("\"", with: "\"\"") + "\"" : value
      }
      // A line without anything is blank; it is no row.
      if !line.isEmpty { rows.append(row) }
      text += line + (ends.randomElement(using: &random) ?? "\n")
    }
    return (text, rows)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func chunksOfAnySizeGiveTheSameRows(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      let (text, rows) = ChunkingTests.document(&random)
      for chunkSize in [1, 2, 3, 7, 16, 64, 100, 1 << 16] {
        for threads in [1, 3] {
          let loaded = try load(
            text, threads: threads, tuning: LoadTuning(chunkSize: chunkSize, isAllText: true))
          #expect(loaded.table.rowCount == rows.count, "\(text.debugDescription)")
          guard loaded.table.rowCount == rows.count else { return }
          for column in loaded.table.columns.indices {
            for row in rows.indices {
              let value = cell(loaded.table.columns[column], row) ?? ""
              #expect(value == rows[row][column], "\(text.debugDescription) \(chunkSize)")
            }
          }
        }
      }
    }
  }

  @Test(arguments: [
    ("a,b\n1,2\n3\n", "ragged"), ("a,b\n1,2\n\n3,\"x", "unterminated-quote"),
    ("a,b\n1,2\n3,\"x\"y\n", "text-after-closing-quote"),
    ("a,b\n1,\"l1\nl2\"\n3,\u{0}\n", "nul-byte"),
  ])
  func failuresAreFoundAtTheSamePlace(text: String, code: String) {
    var messages: Set<String> = []
    for chunkSize in [1, 2, 3, 4, 5, 6, 7, 8, 9, 64] {
      for threads in [1, 2, 7] {
        do throws(Diagnostic) {
          _ = try load(text, threads: threads, tuning: LoadTuning(chunkSize: chunkSize))
          Issue.record("loaded \(text.debugDescription)")
        } catch {
          #expect(error.code == code)
          messages.insert(error.message)
        }
      }
    }
    #expect(messages.count == 1, "\(messages)")
  }

  /// Most chunks begin inside quotes here, so that what is guessed of them ends early.
  @Test(arguments: [0xFF, 0xC3, 0x00] as [UInt8])
  func badBytesAreFoundBehindAWrongGuess(byte: UInt8) {
    let row = "open,\"" + String(repeating: "é short ", count: 30) + ",\"\"hi\"\" end\"\n"
    let text = Array(("status,subject\n" + String(repeating: row, count: 60)).utf8)
    var messages: Set<String> = []
    for chunkSize in stride(from: 200, to: 1_000, by: 37) {
      for threads in [1, 2] {
        var bytes = text
        let place = bytes.indices.dropFirst(9_000).first { bytes[$0...].starts(with: "end".utf8) }
        bytes[(place ?? 0) + 1] = byte
        do throws(Diagnostic) {
          _ = try load(bytes, threads: threads, tuning: LoadTuning(chunkSize: chunkSize))
          Issue.record("loaded in chunks of \(chunkSize)")
        } catch {
          #expect(error.code == (byte == 0 ? "nul-byte" : "not-utf8"))
          messages.insert(error.message)
        }
      }
    }
    #expect(messages.count == 1, "\(messages)")
  }

  @Test func threadsAndChunksChangeNothing() throws {
    var random = SeededGenerator(seed: 5)
    var text = "id,created_at,channel,customer,cost,tags,note,late\n"
    for row in 0..<3_000 {
      let channel = ["email", "chat", "phone", ""].randomElement(using: &random) ?? ""
      let cost = Int.random(in: 0..<5_000, using: &random)
      let tags = ["a;b", "b; a", "", "c;c;a"].randomElement(using: &random) ?? ""
      let price = row % 7 == 0 ? "" : "\(cost / 100).\(cost % 100)"
      let late = row > 2_900 ? "\(row)" : ""
      let time = "2024-03-\(10 + row % 20)T10:00:\(10 + row % 50)Z"
      text += "\(row + 1),\(time),\(channel),C\(Int.random(in: 0..<500, using: &random)),"
      text += "\(row == 1_500 ? "oops" : price),\(tags),\"note \(row), \"\"é\"\"\",\(late)\n"
    }
    let expected = dump(try load(text, path: "tickets.csv"))
    #expect(expected.contains("'oops'") || expected.contains("\"oops\""))
    for chunkSize in [100, 1_000, 5_000, 1 << 20] {
      for threads in [1, 2, 7] {
        let loaded = try load(
          text, path: "tickets.csv", threads: threads, tuning: LoadTuning(chunkSize: chunkSize))
        #expect(dump(loaded) == expected, "\(chunkSize) bytes, \(threads) threads")
      }
    }
  }

  /// Columns are placed by what the first rows foretell: here these are long and narrow, and what
  /// follows is short, then wider, finer, and beyond what integers hold.
  @Test(arguments: [1, 2, 7]) func whatTheFirstRowsForetellChangesNothing(threads: Int) throws {
    func rows(_ range: Range<Int>) -> String {
      range.map { row in
        let isLong = row < 40
        let wide = row < 900 ? row % 100 : row < 1_500 ? row : row < 2_000 ? 70_000 : 5_000_000_000
        let fine = row < 1_000 ? "\(row % 50)" : row < 1_900 ? "\(row % 50).5" : "0.125"
        let vast = row < 1_700 ? "\(row)" : "\(row)e30"
        let note = isLong ? String(repeating: "long ", count: 60) + "\(row)" : "é\(row * 7_919)"
        let quoted = row % 3 == 0 ? "\"\(row), \"\"so\"\"\"" : row % 5 == 0 ? "" : "t\(row)"
        let name = row < 1_200 ? "n\(row % 9)" : "m\(row % 700)"
        return "\(wide),\(fine),\(vast),\(note),\(quoted),\(name),\(row % 11 == 0 ? "" : "4")\n"
      }.joined()
    }
    let header = "wide,fine,vast,note,quoted,name,part\n"
    let expected = dump(try load(header + rows(0..<2_500)))
    #expect(expected.contains("text "))
    for chunkSize in [150, 4_000, 40_000] {
      let tuning = LoadTuning(chunkSize: chunkSize)
      let loaded = try load(header + rows(0..<2_500), threads: threads, tuning: tuning)
      #expect(dump(loaded) == expected, "\(chunkSize) bytes")
      // The same rows in three files.
      let sources = [0..<700, 700..<701, 701..<2_500].map {
        ByteSource(path: "data.csv", bytes: Array((header + rows($0)).utf8))
      }
      let request = LoadRequest(path: "data.csv", threads: threads)
      let parts = try #require(try DatasetLoader.load(sources, request, tuning).first)
      #expect(
        dump(parts) == expected + "\nread 3 files as one dataset",
        "\(chunkSize) bytes in three files")
    }
  }
}
