import ColumnStore
import DatasetLoading
import Diagnostics
import Foundation
import Synchronization
import Testing

@testable import SnapshotFile

@Suite("Snapshots")
struct RoundTripTests {
  @Test func everythingComesBack() throws {
    let folder = try Folder()
    let path = folder.file("desk.deskdb")
    try Sample.save(to: path)
    #expect(try dump(Sample.open(path)) == dump(Sample.contents))
    #expect(folder.names == ["desk.deskdb"])
    #expect(SnapshotFile.isSnapshot(path))
  }

  @Test func emptyTables() throws {
    let folder = try Folder()
    let path = folder.file("empty.deskdb")
    let infos = Sample.columns.map(\.0)
    let columns: [Column] = Sample.columns.map { _, column in
      switch column {
      case .number: .number(NumberColumn([]))
      case .dictionary: .dictionary(DictionaryColumn([]))
      case .text: .text(TextColumn(heap: TextHeap([]), validity: nil))
      case .template: .template(TemplateColumn([]))
      case .tags:
        .tags(
          TagsColumn(
            offsets: ColumnMemory(byteCount: 4), codes: CodeArray(count: 0, largest: 0),
            dictionary: TextHeap([]), count: 0))
      }
    }
    let table = Table(
      name: "tickets", schema: Schema(columns: infos), columns: columns, rowCount: 0)
    let contents = SnapshotContents(
      datasets: [SnapshotDataset(table: table, isDerived: false, ratings: nil, report: nil)],
      links: [])
    try Sample.save(contents, to: path)
    #expect(try dump(Sample.open(path)) == dump(contents))
  }

  /// More than one block of rows, of checksums and of a thread's share.
  @Test func largeColumns() throws {
    let folder = try Folder()
    let path = folder.file("large.deskdb")
    let count = 700_001
    let numbers = NumberColumn(
      (0..<count).map { $0 % 50_000 < 3 ? nil : Int64($0) &* 4_000_000_000 % 1_000_003 })
    let wide = NumberColumn((0..<count).map { Int64($0) &* 10_000_000_000 })
    let table = Table(
      name: "t",
      schema: Schema(columns: [
        ColumnInfo(name: "a", header: "a", type: .number),
        ColumnInfo(name: "b", header: "b", type: .number),
      ]), columns: [.number(numbers), .number(wide)], rowCount: count)
    let dataset = SnapshotDataset(table: table, isDerived: false, ratings: nil, report: nil)
    try Sample.save(SnapshotContents(datasets: [dataset], links: []), to: path)
    let opened = try Sample.open(path).datasets[0].table
    #expect(opened.columns.map(dump) == table.columns.map(dump))
    #expect(opened.source?.damage == nil)

    // A bit in the middle of the second column is only noticed by those who ask for it.
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.seek(toOffset: 6_000_001)
    try handle.write(contentsOf: [0xA5])
    try handle.close()
    let damaged = try Sample.open(path).datasets[0].table
    #expect(dump(damaged.columns[0]) == dump(table.columns[0]))
    #expect(damaged.source?.damage == nil)
    #expect(damaged.columns[1].count == count)
    #expect(damaged.source?.damage?.contains("'b' of t") == true)
  }

  @Test func memoryThatColumnsShareIsWrittenOnce() throws {
    let folder = try Folder()
    let heap = TextHeap((0..<5_000).map { "a rather long text \($0)" })
    let column = Column.dictionary(
      DictionaryColumn(codes: CodeArray(count: 4, largest: 1), dictionary: heap))
    func size(_ columns: [Column]) throws -> Int {
      let path = folder.file("shared.deskdb")
      let infos = columns.indices.map { ColumnInfo(name: "c\($0)", header: "", type: .text) }
      let table = Table(
        name: "t", schema: Schema(columns: infos), columns: columns, rowCount: 4)
      let dataset = SnapshotDataset(table: table, isDerived: false, ratings: nil, report: nil)
      try Sample.save(SnapshotContents(datasets: [dataset], links: []), to: path)
      return try Data(contentsOf: URL(fileURLWithPath: path)).count
    }
    #expect(try size([column, column]) < size([column]) + 1_000)
  }

  @Test func readersKeepTheFileThatTheyOpened() throws {
    let folder = try Folder()
    let path = folder.file("desk.deskdb")
    try Sample.save(to: path)
    let before = try Sample.open(path)
    var contents = Sample.contents
    contents.datasets[0].report?.notes = ["another"]
    let changed = contents
    let stop = Mutex(false)
    let writer = Thread {
      while !stop.withLock({ $0 }) { try? Sample.save(changed, to: path) }
    }
    writer.start()
    defer { stop.withLock { $0 = true } }
    let wanted = [try dump(Sample.contents), try dump(changed)]
    for _ in 0..<200 { #expect(try wanted.contains(dump(Sample.open(path)))) }
    #expect(try dump(before) == wanted[0])
  }
}
