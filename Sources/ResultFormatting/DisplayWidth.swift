/// How many cells of a terminal a text takes.
///
/// A grapheme is one thing: a family of emoji joined by ZWJ takes two cells, a letter with its
/// accents one.
public enum DisplayWidth {
  /// The cells of a text on one line.
  public static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The text cut to the width, with the mark at its end where something was cut off.
  public static func shortened(_ text: String, to width: Int, mark: String) -> String {
    if of(text) <= width { return text }
    let room = width - of(mark)
    guard room > 0 else { return String(mark.prefix(max(0, width))) }
    var result = ""
    var used = 0
    for character in text {
      used += of(character)
      if used > room { break }
      result.append(character)
    }
    return result + mark
  }

  /// The text in a few lines of at most that width; what is left out of a longer one is its middle,
  /// since a title ends with its period.
  static func heading(_ text: String, to width: Int, mark: String) -> [String] {
    let lines = wrapped(text, to: width)
    guard lines.count > headingLines, let last = lines.last else { return lines }
    let kept = lines.prefix(headingLines - 1)
    return kept.dropLast() + [
      shortened(kept.last ?? "", to: width - of(mark), mark: "") + mark, last,
    ]
  }

  private static let headingLines = 4

  /// The text in lines of at most that width, broken at blanks where there are some; at least one.
  public static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    var lastBlank: String.Index?
    func endLine(_ kept: some StringProtocol, rest: some StringProtocol) {
      lines.append(String(kept))
      line = String(rest)
      used = of(line)
      lastBlank = nil
    }
    for character in text {
      let cells = of(character)
      if used + cells > width, !line.isEmpty {
        if character == " " {
          endLine(line, rest: "")
          continue
        }
        if let blank = lastBlank {
          endLine(line[..<blank], rest: line[line.index(after: blank)...])
        } else {
          endLine(line, rest: "")
        }
      }
      if character == " " { lastBlank = line.endIndex }
      line.append(character)
      used += cells
    }
    return lines + (line.isEmpty && !lines.isEmpty ? [] : [line])
  }

  private static func of(_ character: Character) -> Int {
    var sum = 0
    for (index, scalar) in character.unicodeScalars.enumerated() {
      if index > 0 {
        switch scalar.value {
        case 0xFE0F, 0x200D, 0x1F1E6...0x1F1FF: return 2  // emoji style, joiner, second flag letter
        case 0x1F3FB...0x1F3FF, 0x1160...0x11FF: continue  // skin tones, Hangul vowels and finals
        default: break
        }
      }
      sum += of(scalar)
    }
    return sum
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return scalar.value == 0xAD ? 0 : 1 }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if properties.isEmojiPresentation { return 2 }
    return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// East_Asian_Width W and F of Unicode 14 without the emoji, unassigned gaps closed.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF,
    0x4E00...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
    0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18D08, 0x1AFF0...0x1B2FB,
    0x1F200...0x1F265, 0x20000...0x3FFFD,
  ]
}
