/// SVG elements in a frame of a fixed width, from top to bottom.
struct SVGCanvas {
  static let width = 760.0
  static let lineHeight = 18.0
  /// How a text stands to its point.
  enum Anchor: String {
    case start, middle, end
  }

  private(set) var elements = ""
  /// The lower end of what was drawn.
  var y = 0.0

  /// A text whose baseline starts, ends or is centred at the point.
  mutating func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, style: String = ""
  ) {
    let styling = style.isEmpty ? "" : " class=\"\(style)\""
    elements += "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    elements += " text-anchor=\"\(anchor.rawValue)\"\(styling)>\(Markup.escaped(text))</text>\n"
  }

  /// A rectangle, with a text that is shown to whoever points at it.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, style: String, opacity: Double? = nil,
    hint: String = ""
  ) {
    elements += "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    elements += " width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
    elements += " class=\"\(style)\""
    if let opacity { elements += " fill-opacity=\"\(Self.number(opacity))\"" }
    elements += Self.end("rect", hint)
  }

  /// A line through the points.
  mutating func line(_ points: [(x: Double, y: Double)], style: String) {
    let path = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
    elements += "<polyline points=\"\(path)\" class=\"\(style)\"/>\n"
  }

  /// A dot, with a text that is shown to whoever points at it.
  mutating func dot(x: Double, y: Double, radius: Double, style: String, hint: String = "") {
    elements += "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\""
    elements += " r=\"\(Self.number(radius))\" class=\"\(style)\"" + Self.end("circle", hint)
  }

  /// How wide a text is in the widest of the common system fonts, so that there is room for it.
  static func width(of text: String) -> Double { text.reduce(0) { $0 + width(of: $1) } }

  private static func width(of character: Character) -> Double {
    switch character {
    case "i", "j", "l", "I", "|", "!", ".", ",", ":", ";", "'", " ", "f", "t", "r", "(", ")", "-":
      5.4
    case "m", "M", "W", "w", "@", "%", "—": 13
    case "A"..."Z": 10.3
    case "!"..."~": 8.3
    default:
      character.isUppercase ? 11 : Double(max(1, DisplayWidth.of(String(character)))) * 8.8
    }
  }

  /// The text cut to what finds room.
  static func fitted(_ text: String, to room: Double) -> String {
    if width(of: text) <= room { return text }
    var (cut, used) = ("", width(of: "…"))
    for character in text {
      used += width(of: character)
      if used > room { break }
      cut.append(character)
    }
    return cut + "…"
  }

  /// The text in lines that find room, broken at blanks; a heading is larger than the rest.
  static func wrapped(_ text: String, to width: Double, style: String) -> [String] {
    let room = style == "title" ? width / 1.35 : style == "strong" ? width / 1.1 : width
    var lines: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if let line = lines.last, self.width(of: "\(line) \(word)") <= room {
        lines[lines.count - 1] = "\(line) \(word)"
      } else {
        lines.append(fitted(String(word), to: room))
      }
    }
    return lines
  }

  private static func end(_ name: String, _ hint: String) -> String {
    hint.isEmpty ? "/>\n" : "><title>\(Markup.escaped(hint))</title></\(name)>\n"
  }

  private static func number(_ value: Double) -> String {
    NumberText.fixed(value, decimals: 2, isGrouped: false)
  }
}
