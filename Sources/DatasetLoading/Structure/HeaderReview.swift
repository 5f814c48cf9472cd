import Diagnostics

/// Holds the header against the first records: it may be a record itself, or go on in the next.
struct HeaderReview {
  private let columnCount: Int
  private let header: [ArraySlice<UInt8>]
  /// Where each record behind the header ends, and the line ends up to there.
  private let recordEnds: [(offset: Int, lines: Int)]
  /// Where the fields of these records stand, one record after another.
  private let places: [HeadRecords.Field]
  private let records: HeadRecords
  /// The last record in which each column holds something that is no figure.
  private var lastWords: [Int?] = []
  private static let recordLimit = 300
  private static let headSize = 1 << 16

  /// The header as it should be read, with notes.
  static func reviewed(
    _ header: CSVHeader, _ source: TextSource, isAsked: Bool
  ) throws(Diagnostic) -> CSVHeader {
    let (head, isWhole) = try source.bytes(from: header.dataStart, headSize)
    let review = HeaderReview(header, head[...], isWhole: isWhole)
    return review.judge(header, isAsked: isAsked)
  }

  private init(_ header: CSVHeader, _ head: ArraySlice<UInt8>, isWhole: Bool) {
    columnCount = header.names.count
    self.header = header.names.map { Array($0.utf8)[...] }
    var recordEnds: [(offset: Int, lines: Int)] = []
    var places: [HeadRecords.Field] = []
    var lines = 0
    records = HeadRecords(head, isWhole: isWhole)
    records.forEach(in: header.dialect, limit: HeaderReview.recordLimit) { record in
      lines &+= record.lineCount
      // What is wrong with a record is said when all are read.
      if record.isBlank || record.isBroken || record.fieldCount != header.names.count {
        return true
      }
      recordEnds.append((record.behind, lines))
      record.forEachField { places.append($0) }
      return true
    }
    self.recordEnds = recordEnds
    self.places = places
    lastWords = (0..<columnCount).map(lastWord)
  }

  private var rowCount: Int { recordEnds.count }

  private func place(_ row: Int, _ column: Int) -> HeadRecords.Field {
    places[row &* columnCount &+ column]
  }

  private func field(_ row: Int, _ column: Int) -> ArraySlice<UInt8> {
    records.text(place(row, column))
  }

  private func isEmpty(_ row: Int, _ column: Int) -> Bool { records.isEmpty(place(row, column)) }

  private func isFigure(_ row: Int, _ column: Int) -> Bool { records.isFigure(place(row, column)) }

  /// Whether a record repeats the name of a column in it.
  private func isNamed(_ row: Int, _ column: Int) -> Bool {
    records.isText(place(row, column), header[column])
  }

  private func fields(_ row: Int) -> [ArraySlice<UInt8>] {
    (0..<columnCount).map { field(row, $0) }
  }

  /// The last record in which a column holds something that is no figure; nil where none is.
  private func lastWord(_ column: Int) -> Int? {
    (0..<rowCount).last { !isEmpty($0, column) && !isFigure($0, column) }
  }

  private func judge(_ header: CSVHeader, isAsked: Bool) -> CSVHeader {
    var header = header
    if columnCount == 1 {
      if let note = noteOnOneColumn { header.notes.append(note) }
      return header
    }
    if !isAsked, isRecordItself {
      header.notes.append(
        "the first record looks like the others, so the columns have no names; "
          + "with (header = 'yes') takes it as the header")
      header.names = header.names.indices.map { "column_\($0 &+ 1)" }
      header.dataStart = header.start
      header.lineCount = header.startLine
      header.recordCount = 0
      return header
    }
    let further = isAsked ? 0 : furtherHeaderRows
    if further > 0 {
      header.notes.append(
        "\(further == 1 ? "record 2 belongs" : "records 2 to \(further &+ 1) belong") "
          + "to the header, as no value in it is like those below; left out")
      header.hints = (0..<columnCount).map { column in
        (0..<further).lazy.compactMap { HeaderReview.hint(field($0, column)) }.first
      }
      header.dataStart &+= recordEnds[further &- 1].offset
      header.lineCount &+= recordEnds[further &- 1].lines
    }
    header.notes += notes(from: further)
    header.recordCount &+= further
    return header
  }

  // MARK: What the header is

  /// Whether the header has the same marks and digits as the values below it.
  private var isRecordItself: Bool {
    guard rowCount > 0, !header.contains(where: \.isEmpty) else { return false }
    var alike: [Int] = []
    for column in 0..<columnCount {
      let isFigure = FieldShape.isFigure(header[column])
      guard isFigure || FieldShape.isCode(header[column]) else { continue }
      let shape = FieldShape.mask(header[column])
      let values = values(column)
      let shapes = Set(values.map(FieldShape.mask))
      let isAlike =
        isFigure
        ? values.allSatisfy(FieldShape.isFigure) && shapes.count <= 4 && shapes.contains(shape)
        : shapes == [shape]
      if isAlike { alike.append(column) }
    }
    // A single record below tells less.
    if alike.count < (rowCount > 1 ? 1 : 2) { return false }
    // Years or the hours of a day may well name columns, which then rise or fall; not where the
    // header's words are values too.
    let numbers = alike.compactMap { Int(SafeText.string(header[$0])) }
    if numbers.count == alike.count, repeatedNames(from: 0).isEmpty {
      let steps = zip(numbers, numbers.dropFirst())
      if steps.allSatisfy({ $0 < $1 }) || steps.allSatisfy({ $0 > $1 }) { return false }
    }
    return true
  }

  /// The columns whose name is a value too, in a record that does not repeat all names.
  private func repeatedNames(from first: Int) -> [Int] {
    let records = (first..<max(first, rowCount)).filter { row in
      header.indices.contains { !isNamed(row, $0) }
    }
    return (0..<columnCount).filter { column in
      !header[column].isEmpty && records.contains { isNamed($0, column) }
    }
  }

  /// How many records behind the header describe the columns too: each contradicts the figures of
  /// several columns, or repeats what the header says.
  private var furtherHeaderRows: Int {
    for count in [2, 1] where rowCount > count &+ 1 {
      let figures = figureColumns(from: count)
      // In a table of words alone, a record may hold the names of its columns too.
      let records = (0..<count).map(fields)
      let mayEcho = !figures.isEmpty || records.contains(where: isPlainEcho)
      let isDescription = records.allSatisfy { fields in
        if isPlainEcho(fields) || isUnits(fields, above: figures) || mayEcho && holdsNames(fields) {
          return true
        }
        let told = figures.filter { !fields[$0].isEmpty && !header[$0].isEmpty }
        return told.count > 1
          && told.allSatisfy { FieldShape.isWord(fields[$0]) && FieldShape.isWord(header[$0]) }
      }
      if isDescription { return count }
    }
    return 0
  }

  /// Whether every field names a type, or is nothing but a line.
  private func isPlainEcho(_ fields: [ArraySlice<UInt8>]) -> Bool {
    fields.allSatisfy { HeaderReview.typeNames.contains(SafeText.string($0).lowercased()) }
      || fields.allSatisfy { $0.count > 1 && $0.allSatisfy(HeaderReview.lineBytes.contains) }
  }

  private static let lineBytes = Set("-=_+:".utf8)

  /// Whether every field holds the name of its column, and more.
  private func holdsNames(_ fields: [ArraySlice<UInt8>]) -> Bool {
    zip(fields, header).allSatisfy { field, name in
      let text = SafeText.string(field).lowercased()
      let name = SafeText.string(name).lowercased()
      return name.count > 1 && text.count > name.count && text.contains(name)
    }
  }

  // MARK: What there is to say

  private var noteOnOneColumn: String? {
    let name = SafeText.string(header[0])
    guard rowCount == 0 || name.contains(where: { !$0.isLetter && !$0.isNumber && $0 != "_" })
    else {
      return nil
    }
    return "the file has a single column, \(SafeText.quoted(name)); "
      + "with (delimiter = '…') names another delimiter"
  }

  private func notes(from first: Int) -> [String] {
    var notes: [String] = []
    let again = repeatedNames(from: first)
    if again.count > 1 {
      notes.append(
        "the header may be a record: \(SafeText.quoted(SafeText.string(header[again[0]]))) "
          + "and others are values of their columns too; with (header = 'no') takes it as one")
    }
    if rowCount > 1, header.allSatisfy({ FieldShape.isFigure($0) }) {
      notes.append("the header has figures alone; with (header = 'no') takes it as a record")
    }
    if first == 0, rowCount > 2, fields(0).allSatisfy(FieldShape.isName),
      !figureColumns(from: 1).isEmpty || holdsNames(fields(0))
    {
      notes.append("record 2 has words alone and may belong to the header; it counts as a row")
    }
    if let row = secondHeader(from: first) {
      let text = SafeText.quoted(SafeText.string(field(row, 0)))
      notes.append(
        "record \(row &+ 2), which begins with \(text), looks like the header of a second table")
    }
    if let last = header.last?.last, [0x3B, 0x7C, 0x2C].contains(last), rowCount > 1,
      (0..<rowCount).allSatisfy({ field($0, columnCount &- 1).last == last })
    {
      notes.append("all records end with '\(Unicode.Scalar(last))', kept in the last column")
    }
    return notes
  }

  /// A record in words only, above or below which several columns hold figures only.
  private func secondHeader(from first: Int) -> Int? {
    var votes = [Int](repeating: 0, count: rowCount)
    for column in 0..<columnCount {
      guard let last = lastWords[column], last >= first else { continue }
      let known = (first..<rowCount).filter { !isEmpty($0, column) }
      guard let top = known.firstIndex(where: { !isFigure($0, column) }),
        let bottom = known.firstIndex(of: last)
      else { continue }
      if top > 1 { votes[known[top]] &+= 1 }
      let isOther = bottom != top || top < 2
      if isOther, known.count &- bottom > 2 { votes[last] &+= 1 }
    }
    return votes.indices.first { row in
      guard votes[row] > 1 else { return false }
      let fields = fields(row)
      return row > first &+ 1 && fields.allSatisfy(FieldShape.isName)
        && Set(fields).count == fields.count
    }
  }

  // MARK: Columns

  private func values(_ column: Int) -> [ArraySlice<UInt8>] {
    (0..<rowCount).map { field($0, column) }.filter { !$0.isEmpty }
  }

  /// The columns that hold figures in all records from one on.
  private func figureColumns(from first: Int) -> [Int] {
    (0..<columnCount).filter { column in
      lastWords[column].map { $0 < first } ?? true
        && (first..<max(first, rowCount)).lazy.filter { !isEmpty($0, column) }.prefix(2).count > 1
    }
  }
}

/// What a field looks like, whatever it means.
enum FieldShape {
  /// Whether digits make up most of it, as in numbers, dates and times.
  static func isFigure(_ field: some Sequence<UInt8>) -> Bool {
    var digits = 0
    var letters = 0
    for byte in field {
      digits &+= byte >= 0x30 && byte <= 0x39 ? 1 : 0
      letters &+= isLetter(byte) ? 1 : 0
    }
    return digits > letters
  }

  /// Whether it has letters and digits with marks between them, as a number of a ticket does, or is
  /// an address.
  static func isCode(_ field: ArraySlice<UInt8>) -> Bool {
    if field.contains(0x40) { return field.contains(0x2E) }
    let shape = mask(field)
    return shape.contains(0x39) && shape.contains { codeMarks.contains($0) }
  }

  private static let codeMarks = Set("-#/:.".utf8)

  /// Whether it has letters and no digits, and does not stand for a missing value.
  static func isWord(_ field: ArraySlice<UInt8>) -> Bool {
    !field.contains { $0 >= 0x30 && $0 <= 0x39 } && field.contains(where: isLetter)
      && !field.withUnsafeBufferPointer { MissingMarker.matches($0) }
  }

  /// Whether it has letters, and not more digits than these, as names of columns do.
  static func isName(_ field: ArraySlice<UInt8>) -> Bool {
    !isFigure(field) && field.contains(where: isLetter)
      && !field.withUnsafeBufferPointer { MissingMarker.matches($0) }
  }

  /// Its marks, with every run of digits as `9` and of letters as `a`.
  static func mask(_ field: ArraySlice<UInt8>) -> [UInt8] {
    var mask: [UInt8] = []
    for byte in field {
      let kind: UInt8 = byte >= 0x30 && byte <= 0x39 ? 0x39 : isLetter(byte) ? 0x61 : byte
      if mask.last != kind || (kind != 0x39 && kind != 0x61) { mask.append(kind) }
    }
    return mask
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte >= 0x80
  }
}
