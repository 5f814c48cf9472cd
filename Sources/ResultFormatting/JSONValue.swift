/// A value of JSON, for what is not a result: diagnostics, the description of the language.
public enum JSONValue: Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([JSONValue])
  /// Members in the order in which they are written.
  case object([(String, JSONValue)])

  /// A text, or null where there is none.
  public static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.text) ?? .null }

  /// Texts.
  public static func texts(_ texts: [String]) -> JSONValue { .list(texts.map(JSONValue.text)) }

  /// The value on one line; hidden and control characters are escaped.
  public var line: String {
    var buffer = ByteBuffer()
    write(into: &buffer, indent: nil)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  /// The value with a line for each member of the outer objects and lists.
  public var page: String {
    var buffer = ByteBuffer()
    write(into: &buffer, indent: 0)
    return String(decoding: buffer.bytes, as: UTF8.self) + "\n"
  }

  /// - Parameter indent: how far in it stands; nil puts all on one line.
  private func write(into buffer: inout ByteBuffer, indent: Int?) {
    switch self {
    case .null: buffer.append("null")
    case .boolean(let flag): buffer.append(flag ? "true" : "false")
    case .integer(let integer): buffer.append(integer: Int64(integer))
    case .number(let number):
      number.isFinite ? buffer.append(number: number) : buffer.append("null")
    case .text(let text): buffer.append(json: text)
    case .list(let values):
      writeMembers("[", "]", count: values.count, into: &buffer, indent: indent) { index, buffer in
        values[index].write(into: &buffer, indent: nil)
      }
    case .object(let members):
      writeMembers("{", "}", count: members.count, into: &buffer, indent: indent) { index, buffer in
        buffer.append(json: members[index].0)
        buffer.append(":")
        // A list of objects is laid out like the page itself; what is deeper stays on its line.
        let isOuter = indent == 0
        members[index].1.write(into: &buffer, indent: isOuter ? 1 : nil)
      }
    }
  }

  private func writeMembers(
    _ open: String, _ close: String, count: Int, into buffer: inout ByteBuffer, indent: Int?,
    member: (Int, inout ByteBuffer) -> Void
  ) {
    buffer.append(open)
    for index in 0..<count {
      if index > 0 { buffer.append(",") }
      if let indent { buffer.append("\n" + String(repeating: "  ", count: indent + 1)) }
      member(index, &buffer)
    }
    if let indent, count > 0 { buffer.append("\n" + String(repeating: "  ", count: indent)) }
    buffer.append(close)
  }
}
