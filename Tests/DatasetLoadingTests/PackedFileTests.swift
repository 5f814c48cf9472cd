import ColumnStore
import Diagnostics
import Foundation
import Testing

@testable import DatasetLoading

/// The error that loading bytes gives, nil where they load.
func failure(
  _ bytes: [UInt8], path: String = "data.csv",
  mappings: [(column: String, header: String)] = [], tuning: LoadTuning = LoadTuning()
) -> Diagnostic? {
  do throws(Diagnostic) {
    _ = try load(bytes, path: path, mappings: mappings, tuning: tuning)
    return nil
  } catch {
    return error
  }
}

@Suite struct PackedFileTests {
  @Test(arguments: [FormatFixtures.gzip, FormatFixtures.gzipTwoMembers, FormatFixtures.zstd])
  func readsPackedText(bytes: [UInt8]) throws {
    let plain = try load(FormatFixtures.text)
    for chunkSize in [5, 1 << 16] {
      for threads in [1, 2] {
        let packed = try load(
          bytes, threads: threads, tuning: LoadTuning(chunkSize: chunkSize))
        #expect(dump(packed) == dump(plain))
      }
    }
  }

  @Test(arguments: [FormatFixtures.gzip, FormatFixtures.zstd])
  func refusesCutData(bytes: [UInt8]) {
    for length in 8..<bytes.count - 1 {
      let code = failure(Array(bytes[..<length]))?.code
      #expect(code == "truncated" || code == "damaged", "\(length): \(code ?? "loaded")")
    }
  }

  @Test func refusesDamagedData() {
    var bytes = FormatFixtures.gzip
    bytes[20] ^= 0xFF
    let error = failure(bytes, path: "tickets.csv.gz")
    #expect(error?.code == "damaged")
    #expect(error?.message.contains("'tickets.csv.gz'") == true)
    #expect(failure(FormatFixtures.gzip + [1, 2, 3])?.code == "damaged")
  }

  @Test func readsOneFileOfAZipArchive() throws {
    let bytes = ZipFixture.archive([("a/", ""), ("a/tickets.csv", FormatFixtures.text)])
    let loaded = try load(bytes)
    #expect(loaded.cells("score") == ["5", "3"])
    #expect(loaded.report.notes.contains { $0.contains("'a/tickets.csv'") })
    let several = ZipFixture.archive([("a.csv", "x\n1\n"), ("b.csv", "x\n1\n")])
    #expect(failure(several)?.code == "other-format")
    var wrong = ZipFixture.archive([("a.csv", "x,y\n1,2\n")])
    wrong[14] ^= 1
    wrong[36] ^= 1
    #expect(failure(wrong)?.code == "damaged")
  }

  @Test func giveTheSameForManyChunks() throws {
    // Long enough that the stream gives blocks back, which the second pass needs again.
    var text = "id,value,words\n"
    for row in 0..<30_000 {
      text += "\(row),\(row == 29_000 ? "1.25" : "\(row % 7)"),\"some words \(row % 13)\"\n"
    }
    var utf16: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { utf16 += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let plain = try load(text)
    for threads in [1, 2, 4] {
      let other = try load(utf16, threads: threads, tuning: LoadTuning(chunkSize: 1 << 14))
      #expect(other.table.rowCount == 30_000)
      #expect(other.cells("value") == plain.cells("value"))
      #expect(other.cells("words") == plain.cells("words"))
    }
  }
}
