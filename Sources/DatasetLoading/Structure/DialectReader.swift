import Diagnostics

/// Reads records of any dialect, one after another, byte by byte.
final class DialectReader {
  /// A field of the record at hand, in the reader's `text`.
  struct Field {
    var start: Int
    var end: Int
    var isQuoted = false
  }

  /// The fields of the record at hand; a blank line has one that is empty.
  private(set) var fields: [Field] = []
  /// The text of the fields, without quotes.
  let text = OutputBuffer()
  /// Quotes inside fields without quotes.
  private(set) var strayQuotes = 0
  private let input: StreamBuffer
  private let dialect: WrittenDialect
  private let path: String
  private var line: Int
  // Bytes before the buffer's start.
  private var offset: Int
  private var record = 0

  // Longer than any delimiter, so that one never lies over the end of what was read.
  private static let lookahead = 16

  /// A reader of a stream whose first byte has a place in the file's text.
  init(
    _ stream: any ByteStream, _ dialect: WrittenDialect, path: String, offset: Int = 0,
    line: Int = 0
  ) {
    input = StreamBuffer(stream)
    self.dialect = dialect
    self.path = path
    self.offset = offset
    self.line = line
  }

  /// Whether the record at hand is a line with nothing on it.
  var isBlank: Bool { fields.count == 1 && fields[0].start == fields[0].end && !fields[0].isQuoted }

  /// Reads the next record; false at the end.
  func nextRecord() throws(Diagnostic) -> Bool {
    fields.removeAll(keepingCapacity: true)
    text.removeAll()
    try fill()
    if input.count == 0 { return false }
    let place = place()
    while try readField() {
      if text.count > ChunkReader.recordLimit {
        throw LoadErrors.recordTooLong(place, limit: ChunkReader.recordLimit)
      }
    }
    if !isBlank { record &+= 1 }
    return true
  }

  private func place() -> LoadErrors.Place {
    LoadErrors.Place(
      path: path, record: record &+ 1, line: line &+ 1, byte: offset, isOfText: true)
  }

  private func fill() throws(Diagnostic) {
    if input.count < DialectReader.lookahead, !input.isLast { try input.refill() }
  }

  private func advance(_ count: Int) {
    input.start &+= count
    offset &+= count
  }

  /// Reads a field; whether another one of the record follows.
  private func readField() throws(Diagnostic) -> Bool {
    try fill()
    var field = Field(start: text.count, end: text.count)
    if input.count > 0, input.base[input.start] == dialect.quote {
      field.isQuoted = true
      try readQuoted()
      try fill()
    }
    while true {
      let end = text.count
      if let isLast = takeEnd() {
        field.end = end
        fields.append(field)
        return !isLast
      }
      if field.isQuoted { throw LoadErrors.textAfterQuote(place()) }
      if text.count &- field.start > ChunkReader.recordLimit {
        throw LoadErrors.recordTooLong(place(), limit: ChunkReader.recordLimit)
      }
      takeByte()
      try fill()
    }
  }

  /// Takes a delimiter, a line end or the end of the text; nil where there is none of them.
  private func takeEnd() -> Bool? {
    guard input.count > 0 else { return true }
    let bytes = input.base + input.start
    if bytes[0] == 0x0A || bytes[0] == 0x0D {
      advance(bytes[0] == 0x0D && input.count > 1 && bytes[1] == 0x0A ? 2 : 1)
      line &+= 1
      return true
    }
    guard bytes[0] == dialect.delimiter[0], input.count >= dialect.delimiter.count else {
      return nil
    }
    for (index, byte) in dialect.delimiter.enumerated() where bytes[index] != byte { return nil }
    advance(dialect.delimiter.count)
    return false
  }

  /// Takes one byte into the text, or the one behind a backslash.
  private func takeByte() {
    let bytes = input.base + input.start
    if dialect.hasBackslashes, bytes[0] == 0x5C, input.count > 1 {
      let next = bytes[1]
      if next == dialect.quote || next == 0x5C || next == 0x0A || next == dialect.delimiter[0] {
        text.append(next)
        line &+= next == 0x0A ? 1 : 0
        advance(2)
        return
      }
    }
    if bytes[0] == dialect.quote { strayQuotes &+= 1 }
    text.append(bytes[0])
    advance(1)
  }

  /// Reads from an opening quote to behind the one that closes it.
  private func readQuoted() throws(Diagnostic) {
    let place = place()
    let start = text.count
    advance(1)
    while true {
      try fill()
      guard input.count > 0 else { throw LoadErrors.unterminatedQuote(place) }
      let bytes = input.base + input.start
      if bytes[0] == dialect.quote {
        guard input.count > 1, bytes[1] == dialect.quote, !dialect.hasBackslashes else {
          advance(1)
          return
        }
        text.append(bytes[0])
        advance(2)
        continue
      }
      if bytes[0] == 0x0A || (bytes[0] == 0x0D && (input.count < 2 || bytes[1] != 0x0A)) {
        line &+= 1
      }
      takeByte()
      if text.count &- start > ChunkReader.recordLimit {
        throw LoadErrors.recordTooLong(place, limit: ChunkReader.recordLimit)
      }
    }
  }
}

/// Rewrites records of another dialect as the scan of chunks reads them, line by line.
final class DialectStream: ProducingStream {
  private let reader: DialectReader

  init(_ reader: DialectReader) { self.reader = reader }

  private static let pieceSize = 1 << 16

  override func produce() throws(Diagnostic) -> Bool {
    var writer = RowWriter(output)
    while output.count < DialectStream.pieceSize, try reader.nextRecord() {
      if reader.isBlank {
        output.append(0x0A)
        continue
      }
      for field in reader.fields {
        writer.text(reader.text.base + field.start, field.end &- field.start)
      }
      writer.endRow()
    }
    return output.count > 0
  }
}

/// Bytes in memory as a stream.
final class MemoryStream: ByteStream {
  private let bytes: ArraySlice<UInt8>
  private var taken = 0

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  func read(_ target: UnsafeMutableRawPointer, count: Int) throws(Diagnostic) -> Int {
    let length = min(count, bytes.count &- taken)
    bytes.dropFirst(taken).prefix(length).withUnsafeBytes { source in
      if let base = source.baseAddress { target.copyMemory(from: base, byteCount: length) }
    }
    taken &+= length
    return length
  }
}
