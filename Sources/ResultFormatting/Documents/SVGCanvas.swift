/// SVG elements in a frame of a fixed width, from top to bottom.
struct SVGCanvas {
  static let width = 760.0
  static let lineHeight = 18.0
  /// The width of a digit in the widest of the common system fonts.
  private static let cellWidth = 8.0

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

  /// How wide a text is, near enough to leave room for it.
  static func width(of text: String) -> Double { Double(DisplayWidth.of(text)) * cellWidth }

  /// The text cut to what finds room.
  static func fitted(_ text: String, to width: Double) -> String {
    DisplayWidth.shortened(text, to: max(1, Int(width / cellWidth)), mark: "…")
  }

  private static func end(_ name: String, _ hint: String) -> String {
    hint.isEmpty ? "/>\n" : "><title>\(Markup.escaped(hint))</title></\(name)>\n"
  }

  private static func number(_ value: Double) -> String {
    NumberText.fixed(value, decimals: 2, isGrouped: false)
  }
}
