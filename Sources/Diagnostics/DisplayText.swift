/// Text made safe for a terminal: no raw control characters, known width, limited length.
public enum DisplayText {
  /// The text with control and direction characters written out, such as `\u{1B}` or `\n`.
  public static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if let escape = escape(for: scalar) {
        result += escape
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A word in single quotes as messages show it: escaped, and cut to `limit` characters.
  public static func quoted(_ text: some StringProtocol, limit: Int = 48) -> String {
    // The prefix in bytes comes first: counting characters of a word of megabytes takes too long.
    let start = text.unicodeScalars.prefix(limit + 1)
    let shown = escaped(String(String.UnicodeScalarView(start.prefix(limit))))
    return "'\(shown)\(start.count > limit ? "…" : "")'"
  }

  /// The text cut to at most `limit` bytes of UTF-8, with `…` in place of what was left out.
  public static func cut(_ text: String, toBytes limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var result = String.UnicodeScalarView()
    var room = limit - 3
    for scalar in text.unicodeScalars {
      room -= UTF8.width(scalar)
      if room < 0 { break }
      result.append(scalar)
    }
    return String(result) + "…"
  }

  /// The last `limit` bytes of UTF-8 at most, with `…` in place of what was left out; of a path the
  /// end says more than the start.
  public static func end(of text: String, toBytes limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var room = limit - 3
    let end = text.unicodeScalars.reversed().prefix { scalar in
      room -= UTF8.width(scalar)
      return room >= 0
    }
    return "…" + String(String.UnicodeScalarView(end.reversed()))
  }

  /// How a terminal must be shown a scalar that it would act on, nil for plain ones.
  static func escape(for scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x09: return "\\t"
    case 0x0A: return "\\n"
    case 0x0D: return "\\r"
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFEFF, 0xE0000...0xE007F:
      return "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    default: return nil
    }
  }

  /// The columns a scalar takes on a terminal: 0, 1 or 2.
  static func width(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if (0x1F3FB...0x1F3FF).contains(value) { return 0 }
    return isWide(value) || scalar.properties.isEmojiPresentation ? 2 : 1
  }

  /// East Asian Width W and F, in the blocks that are wide as a whole.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return true
    default: return false
    }
  }
}
