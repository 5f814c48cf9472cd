import CKernels
import Diagnostics
import Glibc

/// Reads the tokens of JSON text (RFC 8259), strictly and without holding the text.
final class JSONReader {
  let path: String
  /// The line at the cursor, from 1 on.
  private(set) var line = 1
  /// What the text of strings and numbers is appended to.
  let text = OutputBuffer()
  /// Whether a string held the character U+0000 since this was last reset.
  var hasNUL = false
  /// Whether nobody wants the text of values.
  var isSkipping = false
  private let input: StreamBuffer
  private var cursor: UnsafeMutablePointer<UInt8>
  private var limit: UnsafeMutablePointer<UInt8>
  // Bytes before the buffer's first.
  private var consumed = 0

  /// The deepest nesting that is read.
  static let depthLimit = 512

  init(_ stream: any ByteStream, path: String) throws(Diagnostic) {
    self.path = path
    input = StreamBuffer(stream, capacity: 1 << 17)
    cursor = input.base
    limit = input.base
    if try fill(), limit - cursor >= 3, cursor[0] == 0xEF, cursor[1] == 0xBB, cursor[2] == 0xBF {
      cursor += 3
    }
  }

  /// The place of the cursor in the text.
  var byte: Int { consumed &+ (cursor - input.base) }

  // MARK: Bytes

  /// Reads on; false at the end. Only whole characters lie before `limit`.
  private func fill() throws(Diagnostic) -> Bool {
    let used = cursor - input.base
    consumed &+= used
    input.start = used
    try input.refill()
    cursor = input.base
    let end = input.end
    let wrong = utf8_first_error(input.base, 0, end, input.isLast ? 0 : 1)
    if wrong != .nowhere {
      throw LoadErrors.json(path, line: line, byte: consumed &+ wrong, "the text is not UTF-8")
    }
    limit = input.base + (input.isLast ? end : end &- cutLength(end))
    return cursor < limit
  }

  /// Bytes at the buffer's end that begin a character which goes on behind it.
  private func cutLength(_ end: Int) -> Int {
    for back in 1...3 where back <= end {
      let byte = input.base[end &- back]
      if byte < 0x80 { return 0 }
      if byte >= 0xC0 {
        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        return length > back ? back : 0
      }
    }
    return 0
  }

  /// The byte at the cursor, nil at the end.
  @inline(__always)
  func peek() throws(Diagnostic) -> UInt8? {
    if cursor == limit, try !fill() { return nil }
    return cursor.pointee
  }

  /// Goes over the byte at the cursor.
  @inline(__always)
  func advance() { cursor += 1 }

  /// The byte behind blanks, nil at the end.
  @inline(__always)
  func next() throws(Diagnostic) -> UInt8? {
    while true {
      if cursor == limit, try !fill() { return nil }
      let byte = cursor.pointee
      if byte > 0x20 { return byte }
      switch byte {
      case 0x0A: line &+= 1
      case 0x20, 0x09, 0x0D: break
      default: return byte
      }
      cursor += 1
    }
  }

  /// Goes over a byte that must come next.
  @inline(__always)
  func expect(_ byte: UInt8, _ what: String) throws(Diagnostic) {
    if try next() != byte { throw failure("\(what) is missing") }
    cursor += 1
  }

  func failure(_ what: String) -> Diagnostic {
    LoadErrors.json(path, line: line, byte: byte, what)
  }

  private func tooLong() -> Diagnostic {
    LoadErrors.recordTooLong(
      LoadErrors.Place(path: path, record: 1, line: line, byte: byte),
      limit: ChunkReader.recordLimit)
  }

  // MARK: Tokens

  /// Appends the text of a string, decoded, from its opening quote on.
  func string() throws(Diagnostic) {
    cursor += 1
    while true {
      if cursor == limit {
        if text.count > ChunkReader.recordLimit { throw tooLong() }
        if try !fill() { throw failure("a string is not closed") }
      }
      var stop = cursor
      while stop < limit, stop.pointee >= 0x20, stop.pointee != 0x22, stop.pointee != 0x5C {
        stop += 1
      }
      text.append(cursor, stop - cursor)
      cursor = stop
      if cursor == limit { continue }
      switch cursor.pointee {
      case 0x22:
        cursor += 1
        return
      case 0x5C: try escape()
      default: throw failure("a string holds a control character")
      }
    }
  }

  /// Goes over a string that is written just so; false where another one stands here, or the
  /// buffer ends before it.
  @inline(__always)
  func skip(_ string: [UInt8]) -> Bool {
    let length = string.count
    guard limit - cursor >= length &+ 2, cursor[length &+ 1] == 0x22 else { return false }
    let isSame = string.withUnsafeBufferPointer { wanted in
      wanted.baseAddress.map { memcmp($0, cursor + 1, length) == 0 } ?? true
    }
    if isSame { cursor += length &+ 2 }
    return isSame
  }

  private func escape() throws(Diagnostic) {
    cursor += 1
    guard let byte = try peek() else { throw failure("a string is not closed") }
    cursor += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: text.append(byte)
    case 0x62: text.append(0x08)
    case 0x66: text.append(0x0C)
    case 0x6E: text.append(0x0A)
    case 0x72: text.append(0x0D)
    case 0x74: text.append(0x09)
    case 0x75:
      var value = try hexadecimal()
      if value & 0xFC00 == 0xD800 {
        guard try peek() == 0x5C else { throw failure("half a surrogate pair stands alone") }
        cursor += 1
        guard try peek() == 0x75 else { throw failure("half a surrogate pair stands alone") }
        cursor += 1
        let low = try hexadecimal()
        if low & 0xFC00 != 0xDC00 { throw failure("half a surrogate pair stands alone") }
        value = 0x1_0000 &+ ((value & 0x3FF) &<< 10) &+ (low & 0x3FF)
      } else if value & 0xFC00 == 0xDC00 {
        throw failure("half a surrogate pair stands alone")
      }
      if value == 0 { hasNUL = true }
      text.advance(UTF8Bytes.write(value, text.room(4)))
    default: throw failure("there is no such escape in a string")
    }
  }

  private func hexadecimal() throws(Diagnostic) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try peek() ?? 0
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte &- 0x30
      case 0x41...0x46: digit = byte &- 0x37
      case 0x61...0x66: digit = byte &- 0x57
      default: throw failure("four hexadecimal digits must follow \\u")
      }
      value = value &<< 4 | UInt32(digit)
      cursor += 1
    }
    return value
  }

  /// Appends a number as it is written.
  func number() throws(Diagnostic) {
    if try peek() == 0x2D { take() }
    if try peek() == 0x30 { take() } else { try digits() }
    if try peek() == 0x2E {
      take()
      try digits()
    }
    if let mark = try peek(), mark | 0x20 == 0x65 {
      take()
      if let sign = try peek(), sign == 0x2B || sign == 0x2D { take() }
      try digits()
    }
  }

  private func digits() throws(Diagnostic) {
    var count = 0
    while let byte = try peek(), byte >= 0x30, byte <= 0x39 {
      take()
      count &+= 1
    }
    if count == 0 { throw failure("this is no number") }
  }

  @inline(__always)
  private func take() {
    text.append(cursor.pointee)
    cursor += 1
  }

  /// Appends one of the words `true`, `false` and `null`.
  func word(_ word: StaticString) throws(Diagnostic) {
    for index in 0..<word.utf8CodeUnitCount {
      if try peek() != word.utf8Start[index] { throw failure("this is no value") }
      take()
    }
  }
}
