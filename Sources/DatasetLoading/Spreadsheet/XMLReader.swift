import Diagnostics

/// Reads the tags and texts of XML in UTF-8, as far as workbooks need it: no document types, and
/// names without their prefixes.
final class XMLReader {
  enum Event {
    /// A tag that opens an element; `name` and `attribute` tell about it.
    case open
    case close
    case end
  }

  /// The text of the elements at hand, for whoever clears it first.
  let text = OutputBuffer()
  /// Whether texts are wanted.
  var takesText = false
  private let input: StreamBuffer
  private let path: String
  // The tag at hand: from its name on, up to its closing bracket.
  private var tagStart = 0
  private var tagEnd = 0
  private var nameStart = 0
  private var nameEnd = 0
  private var isEmptyElement = false

  init(_ stream: any ByteStream, path: String) throws(Diagnostic) {
    input = StreamBuffer(stream, capacity: 1 << 17)
    self.path = path
    try input.refill()
    let head = UnsafeBufferPointer(start: input.base, count: min(input.count, 3))
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      throw damaged("it is not written in UTF-8")
    }
  }

  func damaged(_ reason: String) -> Diagnostic {
    LoadErrors.damagedData(path, "Excel file", reason)
  }

  /// Goes to the next tag; text before it is appended where it is wanted.
  func next() throws(Diagnostic) -> Event {
    if isEmptyElement {
      isEmptyElement = false
      return .close
    }
    while true {
      guard try takeText() else { return .end }
      let length = try tagLength()
      let start = input.start &+ 1
      input.start &+= length
      switch input.base[start] {
      case UInt8(ascii: "?"): continue
      case UInt8(ascii: "!"):
        if input.base[start &+ 1] == UInt8(ascii: "[") {
          if length < 12 { throw damaged("it is no XML") }
          if takesText { text.append(input.base + start + 8, length &- 12) }
        } else if input.base[start &+ 1] != UInt8(ascii: "-") {
          throw damaged("it holds a document type")
        }
      case UInt8(ascii: "/"):
        setName(start &+ 1, start &+ length &- 2)
        return .close
      default:
        var end = start &+ length &- 2
        isEmptyElement = input.base[end &- 1] == UInt8(ascii: "/")
        if isEmptyElement { end &-= 1 }
        setName(start, end)
        return .open
      }
    }
  }

  /// Whether the tag at hand has a name, apart from its prefix.
  @inline(__always)
  func isNamed(_ name: StaticString) -> Bool {
    guard nameEnd &- nameStart == name.utf8CodeUnitCount else { return false }
    for index in 0..<name.utf8CodeUnitCount
    where input.base[nameStart &+ index] != name.utf8Start[index] { return false }
    return true
  }

  /// The raw value of an attribute of the opening tag at hand, with or without prefix.
  func rawAttribute(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
    var at = nameEnd
    while at < tagEnd {
      while at < tagEnd, input.base[at] <= 0x20 { at &+= 1 }
      var start = at
      while at < tagEnd, input.base[at] != UInt8(ascii: "="), input.base[at] > 0x20 {
        if input.base[at] == UInt8(ascii: ":") { start = at &+ 1 }
        at &+= 1
      }
      let end = at
      while at < tagEnd, input.base[at] <= 0x20 || input.base[at] == UInt8(ascii: "=") { at &+= 1 }
      guard at < tagEnd else { return nil }
      let quote = input.base[at]
      guard quote == 0x22 || quote == 0x27 else { return nil }
      let value = at &+ 1
      at = value
      while at < tagEnd, input.base[at] != quote { at &+= 1 }
      let isWanted =
        end &- start == name.utf8CodeUnitCount
        && (start..<end).allSatisfy { input.base[$0] == name.utf8Start[$0 &- start] }
      if isWanted { return UnsafeBufferPointer(start: input.base + value, count: at &- value) }
      at &+= 1
    }
    return nil
  }

  /// The value of an attribute, decoded.
  func attribute(_ name: StaticString) throws(Diagnostic) -> String? {
    guard let raw = rawAttribute(name), let base = raw.baseAddress else { return nil }
    let buffer = OutputBuffer()
    try decode(base, raw.count, into: buffer)
    return SafeText.string(UnsafeBufferPointer(start: buffer.base, count: buffer.count))
  }

  private func setName(_ start: Int, _ end: Int) {
    tagStart = start
    tagEnd = end
    nameStart = start
    nameEnd = start
    while nameEnd < end, input.base[nameEnd] > 0x20 {
      if input.base[nameEnd] == UInt8(ascii: ":") { nameStart = nameEnd &+ 1 }
      nameEnd &+= 1
    }
  }

  /// Goes to the next bracket; false at the end of the file.
  private func takeText() throws(Diagnostic) -> Bool {
    while true {
      var at = input.start
      while at < input.end, input.base[at] != UInt8(ascii: "<") { at &+= 1 }
      let isFound = at < input.end
      // An entity that is cut off stays for the next time.
      var stop = at
      if !isFound, !input.isLast {
        let first = max(input.start, at &- 12)
        for index in stride(from: at &- 1, through: first, by: -1) {
          if input.base[index] == UInt8(ascii: ";") { break }
          if input.base[index] == UInt8(ascii: "&") { stop = index }
        }
      }
      if takesText { try decode(input.base + input.start, stop &- input.start, into: text) }
      if text.count > ChunkReader.recordLimit { throw damaged("one of its texts is too long") }
      input.start = stop
      if isFound { return true }
      if input.isLast { return false }
      try input.refill()
    }
  }

  /// Bytes of the tag at the front, with both brackets.
  private func tagLength() throws(Diagnostic) -> Int {
    var at = 1
    var quote: UInt8 = 0
    while true {
      if input.count < 16, !input.isLast { try input.refill() }
      let isData = input.count > 8 && input.base[input.start &+ 1] == 0x21
      while at < input.count {
        let byte = input.base[input.start &+ at]
        if byte == UInt8(ascii: ">"), quote == 0 {
          if !isData || isSectionEnd(at) { return at &+ 1 }
        } else if !isData, byte == 0x22 || byte == 0x27, quote == 0 || quote == byte {
          quote = quote == 0 ? byte : 0
        }
        at &+= 1
      }
      if input.isLast || input.count == input.capacity {
        throw damaged(input.isLast ? "its XML ends too early" : "one of its tags is too long")
      }
      try input.refill()
    }
  }

  /// Whether the bracket at a place ends the comment or the data section at the front.
  private func isSectionEnd(_ at: Int) -> Bool {
    let mark: UInt8
    switch input.base[input.start &+ 2] {
    case UInt8(ascii: "-"): mark = UInt8(ascii: "-")
    case UInt8(ascii: "["): mark = UInt8(ascii: "]")
    default: return true
    }
    return at >= 6 && input.base[input.start &+ at &- 1] == mark
      && input.base[input.start &+ at &- 2] == mark
  }

  private func decode(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, into target: OutputBuffer
  ) throws(Diagnostic) {
    var at = 0
    while at < count {
      var stop = at
      while stop < count, bytes[stop] != UInt8(ascii: "&") { stop &+= 1 }
      target.append(bytes + at, stop &- at)
      at = stop
      if at == count { return }
      var end = at &+ 1
      while end < count, end &- at < 12, bytes[end] != UInt8(ascii: ";") { end &+= 1 }
      guard end < count, bytes[end] == UInt8(ascii: ";") else {
        throw damaged("its XML holds a bare &")
      }
      let name = SafeText.string(UnsafeBufferPointer(start: bytes + at + 1, count: end &- at &- 1))
      guard let value = XMLReader.scalar(name) else { throw damaged("its XML holds '&\(name);'") }
      target.advance(UTF8Bytes.write(value.value, target.room(4)))
      at = end &+ 1
    }
  }

  private static func scalar(_ entity: String) -> Unicode.Scalar? {
    switch entity {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    guard entity.hasPrefix("#") else { return nil }
    let number = entity.dropFirst()
    let value =
      number.hasPrefix("x") || number.hasPrefix("X")
      ? UInt32(number.dropFirst(), radix: 16) : UInt32(number)
    return value.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
  }
}
