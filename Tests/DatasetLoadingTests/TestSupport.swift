import ColumnStore
import Diagnostics
import Foundation

@testable import DatasetLoading

/// Loads a text as if it were a file.
func load(
  _ text: String, path: String = "data.csv", name: String? = nil,
  mappings: [(column: String, header: String)] = [], threads: Int = 1, isStrict: Bool = false,
  wanted: Set<String>? = nil, tuning: LoadTuning = LoadTuning()
) throws(Diagnostic) -> LoadedDataset {
  try load(
    Array(text.utf8), path: path, name: name, mappings: mappings, threads: threads,
    isStrict: isStrict, wanted: wanted, tuning: tuning)
}

/// Loads bytes as if they were a file.
func load(
  _ bytes: [UInt8], path: String = "data.csv", name: String? = nil,
  mappings: [(column: String, header: String)] = [], threads: Int = 1, isStrict: Bool = false,
  wanted: Set<String>? = nil, tuning: LoadTuning = LoadTuning()
) throws(Diagnostic) -> LoadedDataset {
  try DatasetLoader.load(
    ByteSource(path: path, bytes: bytes),
    LoadRequest(
      path: path, name: name, mappings: mappings, threads: threads, isStrict: isStrict,
      wantedColumns: wanted), tuning)
}

/// Everything that a load gives, as text: equal texts mean equal tables.
func dump(_ loaded: LoadedDataset) -> String {
  var lines = ["\(loaded.table.name) \(loaded.table.rowCount)"]
  for (info, column) in zip(loaded.table.schema.columns, loaded.table.columns) {
    lines.append("\(info) " + dump(column))
  }
  lines += loaded.report.problems.map { "\($0)" }
  lines += loaded.report.problemCounts.map { "\($0)" }
  lines += loaded.report.notes
  return lines.joined(separator: "\n")
}

private func dump(_ column: Column) -> String {
  let rows = (0..<column.count).map { cell(column, $0) ?? "∅" }
  let storage: String
  switch column {
  case .number(let column):
    storage = "\(column.width) \(column.scale) \(column.minimum) \(column.maximum)"
  case .dictionary(let column):
    storage = "\(column.codes.byteWidth) \((0..<column.count).map { column.codes[$0] })"
  // How texts are kept may depend on which are met first.
  case .text, .template: storage = "text"
  case .tags(let column): storage = "tags \((0..<column.codes.count).map { column.codes[$0] })"
  }
  return storage + " " + rows.joined(separator: "|")
}

/// The value of a row as text, nil where missing.
func cell(_ column: Column, _ row: Int) -> String? {
  switch column {
  case .number(let column):
    guard let value = column.double(row) else { return nil }
    if column.width == .float64 || column.scale > 0 { return "\(value)" }
    return "\(column.stored(row))"
  case .dictionary(let column): return column.string(row)
  case .text(let column): return column.string(row)
  case .template(let column): return column.string(row)
  case .tags(let column):
    return column.run(row).isEmpty ? nil : column.strings(row).joined(separator: "+")
  }
}

extension LoadedDataset {
  /// A column by name.
  func column(_ name: String) -> Column? {
    table.schema.index(of: name).map { table.columns[$0] }
  }

  /// The values of a column as text.
  func cells(_ name: String) -> [String?] {
    guard let column = column(name) else { return [] }
    return (0..<table.rowCount).map { cell(column, $0) }
  }

  /// The type of a column.
  func type(_ name: String) -> ColumnType? {
    table.schema.index(of: name).map { table.schema.columns[$0].type }
  }
}

/// A deterministic source of random numbers.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// The shared folders of test data, nil where they are absent.
func sharedFolder(_ name: String) -> URL? {
  let folder = URL(fileURLWithPath: "/work/shared").appendingPathComponent(name)
  return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}
