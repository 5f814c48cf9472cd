import CKernels

/// Text whose words repeat while its digits do not, such as `Invoice #120417 is wrong`: a template
/// per row, in which each digit is a 0, and the digits.
///
/// What does not tell one digit from another, such as a search for a word, need look at the
/// templates alone.
public final class TemplateColumn: Sendable {
  /// The templates of all rows; a missing one is a missing text.
  public let templates: DictionaryColumn
  /// The digits of all rows, as characters.
  public let digits: ColumnMemory
  /// Where the digits begin of every row whose number is a multiple of `groupLength`, and behind
  /// the last where they end, as UInt64.
  public let offsets: ColumnMemory
  /// How many there are.
  public var count: Int { templates.count }

  /// How many rows have one offset.
  public static let groupLength = 64

  /// A column of templates and their digits.
  public init(templates: DictionaryColumn, digits: ColumnMemory, offsets: ColumnMemory) {
    self.templates = templates
    self.digits = digits
    self.offsets = offsets
  }

  /// How many offsets there are for so many rows.
  public static func offsetCount(_ rowCount: Int) -> Int {
    (rowCount &+ groupLength &- 1) / groupLength &+ 1
  }

  /// A column of templates, whose offsets follow from them, and as many digits as they have zeros.
  public convenience init(templates: DictionaryColumn, digits: ColumnMemory) {
    let counts = Self.digitCounts(templates.dictionary)
    let groups = Self.offsetCount(templates.count)
    let offsets = ColumnMemory(uninitializedByteCount: groups &* 8)
    var end = 0
    for row in 0..<templates.count {
      if row % Self.groupLength == 0 {
        offsets.pointer(as: UInt64.self)[row / Self.groupLength] = UInt64(end)
      }
      end &+= counts[templates.codes[row]]
    }
    offsets.pointer(as: UInt64.self)[groups &- 1] = UInt64(end)
    self.init(templates: templates, digits: digits, offsets: offsets)
  }

  /// A column of the given texts; for small tables and tests.
  public convenience init(_ texts: [String?]) {
    func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    let digits = texts.flatMap { $0?.utf8.filter(isDigit) ?? [] }
    let memory = ColumnMemory(byteCount: digits.count)
    for (index, digit) in digits.enumerated() { memory.pointer(as: UInt8.self)[index] = digit }
    let templates = texts.map { text in
      text.map { String(decoding: $0.utf8.map { isDigit($0) ? 0x30 : $0 }, as: UTF8.self) }
    }
    self.init(templates: DictionaryColumn(templates), digits: memory)
  }

  /// The text of a row, nil where missing; a `TemplateReader` is faster for many.
  public func string(_ row: Int) -> String? { TemplateReader(self).string(row) }

  /// How many digits the template of each code has; a missing one has none.
  public static func digitCounts(_ templates: TextHeap) -> [Int] {
    [0] + (0..<templates.count).map { digitCount(templates.utf8($0)) }
  }

  /// How many digits a template has.
  static func digitCount(_ template: UnsafeBufferPointer<UInt8>) -> Int {
    dq_count_zeros(template.baseAddress, template.count)
  }
}

/// Puts the texts of a column of templates together, fastest for rows in their order.
///
/// It belongs to one thread.
public final class TemplateReader {
  private let column: TemplateColumn
  private var text: UnsafeMutablePointer<UInt8>
  private var capacity = 256
  /// The row behind the last one read, and where its digits begin.
  private var next = 0
  private var digit = 0

  /// A reader at the first row.
  public init(_ column: TemplateColumn) {
    self.column = column
    text = .allocate(capacity: capacity)
  }

  deinit { text.deallocate() }

  /// The text of a row, nil where missing; the bytes live until the next call.
  public func utf8(_ row: Int) -> UnsafeBufferPointer<UInt8>? {
    move(to: row)
    let code = column.templates.codes[row]
    next = row &+ 1
    if code == 0 { return nil }
    let template = column.templates.dictionary.utf8(code &- 1)
    if template.count &+ 32 > capacity {
      text.deallocate()
      capacity = template.count &* 2 &+ 32
      text = .allocate(capacity: capacity)
    }
    guard let source = template.baseAddress else { return template }
    // Behind a heap there are 64 bytes.
    dq_copy_short(text, source, template.count)
    let digitCount = TemplateColumn.digitCount(template)
    // A file may say what is not so.
    if digitCount > 0, digit &+ digitCount <= column.digits.byteCount {
      digit &+= dq_restore_digits(
        text, template.count, column.digits.pointer(as: UInt8.self) + digit)
    }
    return UnsafeBufferPointer(start: text, count: template.count)
  }

  /// The text of a row, nil where missing.
  public func string(_ row: Int) -> String? {
    utf8(row).map { String(decoding: $0, as: UTF8.self) }
  }

  private func move(to row: Int) {
    let group = row / TemplateColumn.groupLength
    if row < next || group > next / TemplateColumn.groupLength {
      next = group &* TemplateColumn.groupLength
      digit = Int(truncatingIfNeeded: column.offsets.pointer(as: UInt64.self)[group])
    }
    while next < row {
      let code = column.templates.codes[next]
      if code > 0 {
        digit &+= TemplateColumn.digitCount(column.templates.dictionary.utf8(code &- 1))
      }
      next &+= 1
    }
  }
}
