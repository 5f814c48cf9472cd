/// Makes text from data safe to show: the one function between foreign bytes and a screen.
public enum Printable {
  /// The text on one line with nothing in it that a terminal would act on or hide: a line end is
  /// shown as `↵`, a tab as `⇥`, other control and direction characters as `\u{1B}`.
  public static func text(_ text: String) -> String {
    clean(text, keepsLineEnds: false)
  }

  /// The same for text of several lines, whose line ends stay.
  public static func lines(_ text: String) -> String {
    clean(text, keepsLineEnds: true)
  }

  /// The same with lines that go on below where they are wider than the screen, further in than
  /// they began.
  public static func lines(_ text: String, width: Int) -> String {
    let lines = lines(text).split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { line in
      let indent = line.prefix { $0 == " " }
      let rest = String(line.dropFirst(indent.count))
      let parts = DisplayWidth.wrapped(rest, to: max(20, width - indent.count - 4))
      guard DisplayWidth.of(String(line)) > width, parts.count > 1 else { return String(line) }
      return indent + parts.joined(separator: "\n" + indent + "    ")
    }.joined(separator: "\n")
  }

  /// Whether a character acts on a terminal or turns the order of text around instead of being
  /// seen: C0, DEL, C1, line separators, bidirectional controls and the byte order mark; what has
  /// no width and would make different texts look alike; and the two that no file of XML may hold.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00..<0x20, 0x7F..<0xA0: true
    case 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    case 0xFFF9...0xFFFB, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  private static func clean(_ text: String, keepsLineEnds: Bool) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count)
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where keepsLineEnds: result.unicodeScalars.append(scalar)
      case "\n" where previous == "\r": break
      case "\n", "\r": result += "↵"
      case "\t": result += "⇥"
      case _ where isHidden(scalar): result += "\\u{" + hexadecimal(scalar) + "}"
      default: result.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return result
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return digits.count < 2 ? "0" + digits : digits
  }
}
