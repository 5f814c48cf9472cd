import ColumnStore
import DatasetLoading

/// Writes the parts of a catalog; `SnapshotFormat` says how.
struct CatalogEncoder {
  private(set) var bytes: [UInt8] = []

  mutating func append<T: FixedWidthInteger>(fixed value: T) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ value: Int) { append(fixed: Int64(value)) }

  mutating func append(byte value: UInt8) { bytes.append(value) }

  mutating func append(_ value: Bool) { bytes.append(value ? 1 : 0) }

  mutating func append(_ value: Double) { append(fixed: value.bitPattern) }

  mutating func append(_ text: String) {
    append(fixed: UInt32(truncatingIfNeeded: text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  mutating func append<Item>(
    list items: some Collection<Item>, _ write: (inout CatalogEncoder, Item) -> Void
  ) {
    append(fixed: UInt32(truncatingIfNeeded: items.count))
    for item in items { write(&self, item) }
  }

  mutating func append(_ info: ColumnInfo) {
    append(info.name)
    append(info.header)
    append(info.type.rawValue)
    append(info.remark)
    append(info.scale != nil)
    append(info.scale?.lowerBound ?? 0)
    append(info.scale?.upperBound ?? 0)
  }

  mutating func append(_ counts: ValueCounts) {
    append(list: counts.entries) { encoder, entry in
      encoder.append(entry.text != nil)
      encoder.append(entry.text ?? "")
      encoder.append(entry.value)
      encoder.append(entry.count)
    }
  }

  /// Texts name, path and reason of the role; integers rows, columns and bytes; Float64 seconds;
  /// list of problems (texts file, column, text, reason; integers record, line); list of counts
  /// of problems (texts column, reason; integer); list of notes.
  mutating func append(_ report: LoadReport) {
    append(report.name)
    append(report.path)
    append(report.roleReason)
    append(report.rowCount)
    append(report.columnCount)
    append(report.byteCount)
    append(report.seconds)
    append(list: report.problems) { encoder, problem in
      encoder.append(problem.file)
      encoder.append(problem.column)
      encoder.append(problem.text)
      encoder.append(problem.reason)
      encoder.append(problem.record)
      encoder.append(problem.line)
    }
    append(list: report.problemCounts) { encoder, count in
      encoder.append(count.column)
      encoder.append(count.reason)
      encoder.append(count.count)
    }
    append(list: report.notes) { $0.append($1) }
  }
}
