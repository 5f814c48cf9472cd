import CKernels
import ColumnStore
import Diagnostics
import Foundation
import Testing

@testable import SnapshotFile

/// A damaged file is refused, or gives what the whole one gave: never anything else.
@Suite("Damaged snapshots")
struct DamageTests {
  private let folder: Folder
  private let path: String
  private let bytes: [UInt8]
  private let wanted: [String]

  init() throws {
    folder = try Folder()
    path = folder.file("desk.deskdb")
    try Sample.save(to: path)
    bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    wanted = try dump(Sample.contents)
  }

  private func write(_ bytes: some Sequence<UInt8>) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  /// The error of opening and reading everything; nil where all was as it should be.
  private func refusal() throws -> Diagnostic? {
    do {
      let found = try dump(Sample.open(path))
      #expect(found == wanted)
      return nil
    } catch let error as Diagnostic {
      return error
    }
  }

  @Test func aChangeOfAnyByteIsNoticed() throws {
    var refused = 0
    for offset in bytes.indices {
      var copy = bytes
      copy[offset] ^= 1 << UInt8(offset % 8)
      try write(copy)
      if let error = try refusal() {
        refused += 1
        #expect(error.message.utf8.count < 1_000)
      }
    }
    // What may change unnoticed is the zeros between sections, which nobody reads.
    #expect(refused > bytes.count / 2)
  }

  @Test func aCutAtAnyLengthIsNoticed() throws {
    for length in bytes.indices {
      try write(bytes[..<length])
      #expect(try refusal() != nil, "cut to \(length) bytes")
    }
    try write(bytes + [0])
    #expect(try refusal()?.code == "snapshot-damaged")
  }

  @Test func foreignFilesAndOtherVersions() throws {
    for text in ["", "id,created\n1,2\n", "SQLite format 3\0" + String(repeating: "x", count: 99)] {
      try write(Array(text.utf8))
      #expect(try refusal()?.code == "not-a-snapshot")
      #expect(!SnapshotFile.isSnapshot(path))
    }
    var later = bytes
    later[8] = 99
    try write(later)
    #expect(try refusal()?.code == "snapshot-version")
    #expect(throws: Diagnostic.self) { try Sample.open(folder.file("absent.deskdb")) }
    #expect(throws: Diagnostic.self) { try Sample.open(folder.path) }
  }

  /// A checksum that is right says nothing of who wrote it.
  @Test func wellSummedNonsenseIsRefused() throws {
    var columns = Sample.columns
    let codes = CodeArray(count: Sample.rowCount, largest: 200)
    codes.set(5, to: 200)
    columns[8].1 = .dictionary(DictionaryColumn(codes: codes, dictionary: TextHeap(["one"])))
    #expect(try refusal(of: columns)?.contains("'channel'") == true)

    columns = Sample.columns
    let heap = TextHeap((0..<Sample.rowCount).map { "\($0)" })
    heap.offsets.pointer(as: UInt64.self)[7] = 1 << 40
    columns[9].1 = .text(TextColumn(heap: heap, validity: nil))
    #expect(try refusal(of: columns)?.contains("'subject'") == true)

    columns = Sample.columns
    let texts = TemplateColumn((0..<Sample.rowCount).map { "order \($0)" })
    texts.digits.pointer(as: UInt8.self)[9] = 0xFF
    columns[10].1 = .template(texts)
    #expect(try refusal(of: columns)?.contains("'order'") == true)

    columns = Sample.columns
    let others = TemplateColumn((0..<Sample.rowCount).map { "order \($0)" })
    others.offsets.pointer(as: UInt64.self)[0] = 3
    columns[10].1 = .template(others)
    #expect(try refusal(of: columns)?.contains("'order'") == true)

    columns = Sample.columns
    guard case .number(let numbers) = columns[0].1 else { return }
    columns[0].1 = .number(
      NumberColumn(
        width: numbers.width, scale: 0, memory: numbers.memory, count: numbers.count,
        validity: nil, blockBounds: [0, 1]))
    #expect(try refusal(of: columns)?.contains("'small'") == true)
  }

  private func refusal(of columns: [(ColumnInfo, Column)]) throws -> String? {
    let table = Table(
      name: "tickets", schema: Schema(columns: columns.map(\.0)), columns: columns.map(\.1),
      rowCount: Sample.rowCount)
    let dataset = SnapshotDataset(table: table, isDerived: false, ratings: nil, report: nil)
    try Sample.save(SnapshotContents(datasets: [dataset], links: []), to: path)
    let opened = try Sample.open(path).datasets[0].table
    for column in opened.columns { _ = column.count }
    return opened.source?.damage
  }

  @Test func aFileThatIsOverwrittenWhileItIsUsed() throws {
    let contents = try Sample.open(path)
    #expect(try dump(contents) == wanted)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: [1])
    try handle.close()
    #expect(contents.datasets[0].table.source?.damage?.contains("written into it") == true)
  }

  @Test func checksumsAreThoseOfTheStandard() {
    func sum(_ bytes: [UInt8]) -> UInt32 {
      bytes.withUnsafeBytes { dq_crc32c($0.baseAddress, $0.count) }
    }
    #expect(sum(Array("123456789".utf8)) == 0xE306_9283)
    #expect(sum([]) == 0)
    #expect(sum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    // Long runs are summed in stripes; a second, plain way must agree.
    for count in [24_575, 24_576, 24_577, 100_003] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) }
      var register = UInt32.max
      for byte in bytes {
        register ^= UInt32(byte)
        for _ in 0..<8 {
          register = register & 1 == 1 ? register >> 1 ^ 0x82F6_3B78 : register >> 1
        }
      }
      #expect(sum(bytes) == ~register)
    }
  }
}
