/// Text whose values repeat: a code per row into a dictionary.
///
/// Code 0 is missing; code `c` stands for entry `c - 1`. The entries are sorted by their bytes,
/// so that codes order as texts do.
public final class DictionaryColumn: Sendable {
  /// A code for each value.
  public let codes: CodeArray
  /// The texts that the codes stand for.
  public let dictionary: TextHeap
  /// How many there are.
  public var count: Int { codes.count }

  /// A column of codes and their dictionary.
  public init(codes: CodeArray, dictionary: TextHeap) {
    self.codes = codes
    self.dictionary = dictionary
  }

  /// A column of the given texts; for small tables and tests.
  public convenience init(_ values: [String?]) {
    let entries = Set(values.compactMap { $0 }).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    var codeOf: [String: Int] = [:]
    for (index, entry) in entries.enumerated() { codeOf[entry] = index &+ 1 }
    let codes = CodeArray(count: values.count, largest: entries.count)
    for (row, value) in values.enumerated() {
      codes.set(row, to: value.flatMap { codeOf[$0] } ?? 0)
    }
    self.init(codes: codes, dictionary: TextHeap(entries))
  }

  /// The text of a row, nil where missing.
  public func string(_ row: Int) -> String? {
    let code = codes[row]
    return code == 0 ? nil : dictionary.string(code &- 1)
  }
}

/// Text whose values hardly repeat, such as comments: one heap entry per row.
public final class TextColumn: Sendable {
  /// The texts of all rows.
  public let heap: TextHeap
  /// The rows that have a value; nil where all have. Rows without one are empty texts.
  public let validity: Bitmap?
  /// How many there are.
  public var count: Int { heap.count }

  /// A column with a heap entry per row.
  public init(heap: TextHeap, validity: Bitmap?) {
    self.heap = heap
    self.validity = validity
  }

  /// A column of the given texts; for small tables and tests.
  public convenience init(_ texts: [String?]) {
    let hasAll = texts.allSatisfy { $0 != nil }
    self.init(
      heap: TextHeap(texts.map { $0 ?? "" }),
      validity: hasAll ? nil : Bitmap(texts.map { $0 != nil }))
  }

  /// The text of a row, nil where missing.
  public func string(_ row: Int) -> String? {
    if let validity, !validity[row] { return nil }
    return heap.string(row)
  }
}

/// Lists of text: for each row a run of codes into a dictionary.
///
/// The codes of a row are distinct and ascending; a row without tags has an empty run. Codes are
/// numbered as in `DictionaryColumn`, and none of them is 0.
public final class TagsColumn: Sendable {
  /// `count + 1` offsets into `codes`, as UInt32.
  public let offsets: ColumnMemory
  /// A code for each value.
  public let codes: CodeArray
  /// The texts that the codes stand for.
  public let dictionary: TextHeap
  /// How many there are.
  public let count: Int

  /// A column of runs of codes.
  public init(offsets: ColumnMemory, codes: CodeArray, dictionary: TextHeap, count: Int) {
    self.offsets = offsets
    self.codes = codes
    self.dictionary = dictionary
    self.count = count
  }

  /// The positions in `codes` that belong to a row.
  @inlinable
  public func run(_ row: Int) -> Range<Int> {
    let starts = offsets.pointer(as: UInt32.self)
    return Int(starts[row])..<Int(starts[row &+ 1])
  }

  /// The tags of a row.
  public func strings(_ row: Int) -> [String] {
    run(row).map { dictionary.string(codes[$0] &- 1) }
  }
}

/// Codes of 1, 2 or 4 bytes, as narrow as the largest allows.
public final class CodeArray: Sendable {
  /// The bytes of the values.
  public let memory: ColumnMemory
  /// 1, 2 or 4.
  public let byteWidth: Int
  /// How many there are.
  public let count: Int

  /// Codes over filled memory.
  public init(memory: ColumnMemory, byteWidth: Int, count: Int) {
    self.memory = memory
    self.byteWidth = byteWidth
    self.count = count
  }

  /// Codes that are all 0, wide enough for `largest`.
  public convenience init(count: Int, largest: Int) {
    let width = CodeArray.byteWidth(largest: largest)
    self.init(memory: ColumnMemory(byteCount: count &* width), byteWidth: width, count: count)
  }

  /// The narrowest width for codes up to `largest`.
  public static func byteWidth(largest: Int) -> Int {
    largest <= 0xFF ? 1 : largest <= 0xFFFF ? 2 : 4
  }

  /// The code at an index.
  @inlinable
  public subscript(index: Int) -> Int {
    switch byteWidth {
    case 1: Int(memory.pointer(as: UInt8.self)[index])
    case 2: Int(memory.pointer(as: UInt16.self)[index])
    default: Int(memory.pointer(as: UInt32.self)[index])
    }
  }

  /// Stores a code; only while the array is being filled.
  @inlinable
  public func set(_ index: Int, to code: Int) {
    switch byteWidth {
    case 1: memory.pointer(as: UInt8.self)[index] = UInt8(truncatingIfNeeded: code)
    case 2: memory.pointer(as: UInt16.self)[index] = UInt16(truncatingIfNeeded: code)
    default: memory.pointer(as: UInt32.self)[index] = UInt32(truncatingIfNeeded: code)
    }
  }
}
