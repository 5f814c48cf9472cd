import ColumnStore
import DatasetLoading
import Diagnostics
import Foundation

@testable import SnapshotFile

/// A folder of a test's own, gone when the test is over.
final class Folder {
  let path: String

  init() throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "deskql-\(UUID())")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    path = place.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

/// Tables with every kind of column.
enum Sample {
  static let rowCount = 70

  static func column(_ name: String, _ type: ColumnType, _ column: Column) -> (ColumnInfo, Column) {
    (ColumnInfo(name: name, header: name.uppercased(), type: type, remark: "as asked"), column)
  }

  static func numbers(_ values: (Int) -> Int64?) -> Column {
    .number(NumberColumn((0..<rowCount).map(values)))
  }

  static var columns: [(ColumnInfo, Column)] {
    let rows = 0..<rowCount
    let texts = rows.map { $0 % 7 == 0 ? nil : "text \($0) é" }
    let tags = rows.map { $0 % 3 }
    return [
      column("small", .number, numbers { Int64($0 - 35) }),
      column("middle", .number, numbers { $0 == 9 ? nil : Int64($0 * 400) }),
      column("created", .time, numbers { Int64(1_700_000_000 + $0) }),
      column("huge", .duration, numbers { $0 == 0 ? .min : $0 == 1 ? .max : 0 }),
      column(
        "cost", .number, .number(NumberColumn(rows.map { $0 % 5 == 0 ? nil : Int64($0) }, scale: 2))
      ),
      column("share", .percent, .number(NumberColumn(doubles: rows.map { Double($0) / 3 }))),
      column("nothing", .number, numbers { _ in nil }),
      column("solved", .boolean, numbers { Int64($0 & 1) }),
      column(
        "channel", .text,
        .dictionary(DictionaryColumn(rows.map { [nil, "web", "chat", ""][$0 % 4] }))),
      column(
        "subject", .text,
        .text(
          TextColumn(
            heap: TextHeap(texts.map { $0 ?? "" }), validity: Bitmap(texts.map { $0 != nil })))),
      column(
        "order", .text,
        .template(
          TemplateColumn(
            texts.enumerated().map { row, text in text.map { "\($0) #\(row * 37)-0\(row)" } }))),
      column("tags", .tags, .tags(self.tags(tags))),
    ]
  }

  private static func tags(_ lengths: [Int]) -> TagsColumn {
    let offsets = ColumnMemory(byteCount: (lengths.count + 1) * 4)
    let codes = CodeArray(count: lengths.reduce(0, +), largest: 2)
    var end = 0
    for (row, length) in lengths.enumerated() {
      for code in 0..<length {
        codes.set(end, to: code + 1)
        end += 1
      }
      offsets.pointer(as: UInt32.self)[row + 1] = UInt32(end)
    }
    return TagsColumn(
      offsets: offsets, codes: codes, dictionary: TextHeap(["refund", "vip"]), count: lengths.count)
  }

  static var report: LoadReport {
    LoadReport(
      name: "tickets", path: "export/tickets.csv", rowCount: rowCount, columnCount: 11,
      byteCount: 12_345, seconds: 0.25, roleReason: "from the file's name",
      problems: [
        LoadProblem(
          file: "tickets.csv", record: 3, line: 4, column: "cost", text: "12 x",
          reason: "is no number")
      ],
      problemCounts: [.init(column: "cost", reason: "is no number", count: 1)],
      notes: ["skipped 2 blank lines"])
  }

  /// Two datasets with a link between them.
  static var contents: SnapshotContents {
    let columns = self.columns
    let tickets = Table(
      name: "tickets", schema: Schema(columns: columns.map(\.0)), columns: columns.map(\.1),
      rowCount: rowCount)
    let key = NumberColumn([-35, 3, nil, 99])
    let surveys = Table(
      name: "surveys",
      schema: Schema(columns: [ColumnInfo(name: "ticket", header: "ticket", type: .number)]),
      columns: [.number(key)], rowCount: 4)
    let memory = ColumnMemory(byteCount: 16)
    for (row, value) in [0, 38, -1, -1].enumerated() {
      memory.pointer(as: Int32.self)[row] = Int32(value)
    }
    let rows = NumberColumn(width: .int32, memory: memory, count: 4)
    let created = NumberColumn([1_700_000_000, 1_700_000_038, nil, nil])
    return SnapshotContents(
      datasets: [
        SnapshotDataset(table: tickets, isDerived: false, ratings: nil, report: report),
        SnapshotDataset(
          table: surveys, isDerived: true,
          ratings: ValueCounts(entries: [
            .init(text: nil, value: 4, count: 3), .init(text: "csat", value: 5, count: 1),
          ]),
          report: nil),
      ],
      links: [
        SnapshotLink(
          child: 1, key: 0, parent: 0, parentKey: 0, rows: LazyColumn(.number(rows)), unmatched: 1,
          hasMatches: true,
          gathered: [.init(column: 2, values: LazyColumn(.number(created)))])
      ])
  }

  static func save(_ contents: SnapshotContents = Sample.contents, to path: String) throws {
    try SnapshotFile.save(contents, to: path, cancellation: CancellationFlag()) {}
  }

  static func open(_ path: String) throws -> SnapshotContents {
    try SnapshotFile.open(path, threads: 2)
  }
}

/// Everything that can be read from a column, as text.
func dump(_ column: Column) -> [String] {
  (0..<column.count).map { row in
    switch column {
    case .number(let numbers):
      numbers.width == .float64
        ? "\(numbers.double(row).map { String($0) } ?? "-")"
        : "\(numbers.isValid(row) ? String(numbers.stored(row)) : "-")/\(numbers.scale)"
    case .dictionary(let texts): texts.string(row) ?? "-"
    case .text(let texts): texts.string(row) ?? "-"
    case .template(let texts): texts.string(row) ?? "-"
    case .tags(let tags): tags.strings(row).joined(separator: ";")
    }
  }
}

/// Everything that can be read from a snapshot, as text; throws where it is damaged.
func dump(_ contents: SnapshotContents) throws -> [String] {
  var lines: [String] = []
  for dataset in contents.datasets {
    let table = dataset.table
    lines.append("\(table.name) \(table.rowCount) \(dataset.isDerived)")
    for (info, column) in zip(table.schema.columns, table.columns) {
      lines.append("\(info)")
      if case .number(let numbers) = column {
        lines.append(
          "\(numbers.width) \(numbers.blockBounds) \(numbers.minimum) \(numbers.maximum)")
      }
      lines += dump(column)
    }
    lines.append("\(String(describing: dataset.ratings?.entries))")
    lines.append("\(String(describing: dataset.report))")
  }
  for link in contents.links {
    lines.append("\(link.child) \(link.key) \(link.parent) \(link.parentKey)")
    lines.append("\(link.unmatched) \(link.hasMatches)")
    lines += dump(link.rows.column)
    for gathered in link.gathered {
      lines.append("\(gathered.column)")
      lines += dump(gathered.values.column)
    }
  }
  if let damage = contents.datasets[0].table.source?.damage {
    throw Diagnostic("snapshot-damaged", damage)
  }
  return lines
}
