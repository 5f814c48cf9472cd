/// Reads lists that are written in brackets: `["a","b"]`, `{a,b}`, `['a', 'b']`, and of objects
/// such as `[{"id":1,"name":"a"}]` their names.
struct BracketedList {
  private let text: ArraySlice<UInt8>
  private var next: Int

  /// The words of a list; nil for a text that is not in brackets.
  static func words(_ text: some Collection<UInt8>) -> [[UInt8]]? {
    let bytes = Array(text)
    let trimmed = bytes.drop { $0 == 0x20 }
    let last = trimmed.lastIndex { $0 != 0x20 }
    guard let first = trimmed.first, let last, last > trimmed.startIndex,
      (first == 0x5B && bytes[last] == 0x5D) || (first == 0x7B && bytes[last] == 0x7D)
    else { return nil }
    let whole = trimmed[...last]
    if first == 0x7B, let members = members(of: whole) {
      return [name(of: members) ?? Array(whole)]
    }
    var list = BracketedList(whole.dropFirst().dropLast())
    return list.items()
  }

  /// Whether a text is in the brackets of a list.
  static func isOne(_ text: some BidirectionalCollection<UInt8>) -> Bool {
    (text.first == 0x5B && text.last == 0x5D) || (text.first == 0x7B && text.last == 0x7D)
  }

  private init(_ text: ArraySlice<UInt8>) {
    self.text = text
    next = text.startIndex
  }

  private var byte: UInt8? { next < text.endIndex ? text[next] : nil }

  private mutating func items() -> [[UInt8]] {
    var items: [[UInt8]] = []
    while let byte {
      if byte == 0x2C || byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        next += 1
        continue
      }
      let value = value()
      if let value, !value.isEmpty { items.append(value) }
    }
    return items
  }

  /// The next value as text, of an object its name; nil for null.
  private mutating func value() -> [UInt8]? {
    switch byte {
    case 0x22, 0x27: return quoted()
    case 0x5B, 0x7B:
      let nested = nested()
      return Self.members(of: nested).flatMap(Self.name) ?? Array(nested)
    default:
      let word = text[next...].prefix { $0 != 0x2C && $0 != 0x3A }
      next += max(word.count, 1)
      let end = word.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? word.startIndex
      let bare = Array(word[word.startIndex..<end])
      return bare == Array("null".utf8) || bare == Array("NULL".utf8) ? nil : bare
    }
  }

  /// A text in quotes, up to its end where it is never closed.
  private mutating func quoted() -> [UInt8] {
    let quote = text[next]
    var result: [UInt8] = []
    next += 1
    while let byte, byte != quote {
      next += 1
      if byte == 0x5C, self.byte != nil { escape(&result) } else { result.append(byte) }
    }
    next += 1
    return result
  }

  /// The character behind a backslash.
  private mutating func escape(_ result: inout [UInt8]) {
    guard let byte else { return }
    next += 1
    switch byte {
    case 0x6E: result.append(0x0A)
    case 0x74: result.append(0x09)
    case 0x72: result.append(0x0D)
    case 0x75:
      guard var unit = hexadecimal() else { return }
      if unit & 0xFC00 == 0xD800, text[next...].starts(with: [0x5C, 0x75]) {
        next += 2
        if let low = hexadecimal() {
          unit = 0x1_0000 &+ ((unit & 0x3FF) &<< 10) &+ (low & 0x3FF)
        }
      }
      result += Array(String(Unicode.Scalar(unit) ?? "\u{FFFD}").utf8)
    default: result.append(byte)
    }
  }

  private mutating func hexadecimal() -> UInt32? {
    let digits = text[next...].prefix(4)
    next += digits.count
    return UInt32(SafeText.string(Array(digits)), radix: 16)
  }

  /// What stands between the bracket here and the one that closes it, both included.
  private mutating func nested() -> ArraySlice<UInt8> {
    let start = next
    var depth = 0
    while let byte {
      if byte == 0x22 {
        _ = quoted()
        continue
      }
      next += 1
      if byte == 0x5B || byte == 0x7B { depth += 1 }
      if byte == 0x5D || byte == 0x7D { depth -= 1 }
      if depth == 0 { break }
    }
    return text[start..<min(next, text.endIndex)]
  }

  /// The texts of an object's keys; nil where the text is no object.
  private static func members(of text: ArraySlice<UInt8>) -> [String: [UInt8]]? {
    guard text.first == 0x7B, text.count > 2 else { return nil }
    var object = BracketedList(text.dropFirst().dropLast())
    var members: [String: [UInt8]] = [:]
    while object.skipBlanks(), object.byte == 0x22 || object.byte == 0x27 {
      let key = SafeText.string(object.quoted())
      guard object.skipBlanks(), object.byte == 0x3A else { return nil }
      object.next += 1
      guard object.skipBlanks() else { return nil }
      let isText = object.byte == 0x22 || object.byte == 0x27
      let value =
        object.byte == 0x5B || object.byte == 0x7B ? Array(object.nested()) : object.value()
      if isText { members[key] = value }
      guard object.skipBlanks(), object.byte == 0x2C else { return members }
      object.next += 1
    }
    return nil
  }

  /// Goes over blanks; false at the end.
  private mutating func skipBlanks() -> Bool {
    while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { next += 1 }
    return byte != nil
  }

  private static func name(of members: [String: [UInt8]]) -> [UInt8]? {
    for key in ["name", "tag", "label", "title", "value"] {
      if let name = members[key] { return name }
    }
    return nil
  }
}
