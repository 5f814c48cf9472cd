import ColumnStore
import DatasetLoading

/// What is wrong with the inside of a catalog whose checksum holds: nobody but a broken or hostile
/// program writes one.
struct MalformedCatalog: Error {}

/// Reads the parts of a catalog in the order in which `CatalogEncoder` writes them.
struct CatalogDecoder {
  private let bytes: UnsafeRawBufferPointer
  private var next = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { next == bytes.count }

  mutating func fixed<T: FixedWidthInteger & BitwiseCopyable>(
    _ type: T.Type
  ) throws(MalformedCatalog) -> T {
    let size = MemoryLayout<T>.size
    guard bytes.count &- next >= size else { throw MalformedCatalog() }
    defer { next &+= size }
    return T(littleEndian: bytes.loadUnaligned(fromByteOffset: next, as: type))
  }

  mutating func integer() throws(MalformedCatalog) -> Int { Int(try fixed(Int64.self)) }

  /// An integer that counts something.
  mutating func count() throws(MalformedCatalog) -> Int {
    let value = try integer()
    // So small that no product with the size of a value overflows.
    guard value >= 0, value < 1 << 56 else { throw MalformedCatalog() }
    return value
  }

  mutating func byte() throws(MalformedCatalog) -> UInt8 { try fixed(UInt8.self) }

  mutating func flag() throws(MalformedCatalog) -> Bool {
    let value = try byte()
    guard value < 2 else { throw MalformedCatalog() }
    return value == 1
  }

  mutating func double() throws(MalformedCatalog) -> Double {
    Double(bitPattern: try fixed(UInt64.self))
  }

  mutating func text() throws(MalformedCatalog) -> String {
    let count = Int(try fixed(UInt32.self))
    guard bytes.count &- next >= count else { throw MalformedCatalog() }
    defer { next &+= count }
    let run = UnsafeRawBufferPointer(rebasing: bytes[next..<next &+ count])
    guard let text = String(validating: run, as: UTF8.self) else { throw MalformedCatalog() }
    return text
  }

  mutating func list<Item>(
    _ read: (inout CatalogDecoder) throws(MalformedCatalog) -> Item
  ) throws(MalformedCatalog) -> [Item] {
    let count = Int(try fixed(UInt32.self))
    // Every item takes a byte at least, so a wrong count cannot ask for memory without end.
    guard bytes.count &- next >= count else { throw MalformedCatalog() }
    var items: [Item] = []
    items.reserveCapacity(count)
    for _ in 0..<count { items.append(try read(&self)) }
    return items
  }

  mutating func columnInfo() throws(MalformedCatalog) -> ColumnInfo {
    let name = try text()
    let header = try text()
    guard let type = ColumnType(rawValue: try text()) else { throw MalformedCatalog() }
    let remark = try text()
    let isScaled = try flag()
    let (low, high) = (try double(), try double())
    guard low <= high else { throw MalformedCatalog() }
    return ColumnInfo(
      name: name, header: header, type: type, remark: remark, scale: isScaled ? low...high : nil)
  }

  mutating func valueCounts() throws(MalformedCatalog) -> ValueCounts {
    ValueCounts(
      entries: try list { decoder throws(MalformedCatalog) in
        let isKnown = try decoder.flag()
        let text = try decoder.text()
        return ValueCounts.Entry(
          text: isKnown ? text : nil, value: try decoder.double(), count: try decoder.count())
      })
  }

  mutating func report() throws(MalformedCatalog) -> LoadReport {
    let name = try text()
    let path = try text()
    let roleReason = try text()
    var report = LoadReport(
      name: name, path: path, rowCount: try count(), columnCount: try count(),
      byteCount: try count(), seconds: try double(), roleReason: roleReason)
    report.problems = try list { decoder throws(MalformedCatalog) in
      let file = try decoder.text()
      let column = try decoder.text()
      let text = try decoder.text()
      let reason = try decoder.text()
      return LoadProblem(
        file: file, record: try decoder.count(), line: try decoder.count(), column: column,
        text: text, reason: reason)
    }
    report.problemCounts = try list { decoder throws(MalformedCatalog) in
      LoadReport.ProblemCount(
        column: try decoder.text(), reason: try decoder.text(), count: try decoder.count())
    }
    report.notes = try list { decoder throws(MalformedCatalog) in try decoder.text() }
    return report
  }
}
