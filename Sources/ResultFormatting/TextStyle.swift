/// Type and colour on a terminal that has them; plain text elsewhere.
public struct TextStyle: Sendable {
  /// Whether there are colours and dim type.
  public var usesColor: Bool

  /// The style of a terminal with colours, or of anything without.
  public init(usesColor: Bool) {
    self.usesColor = usesColor
  }

  /// Strong type, for titles.
  public func bold(_ text: String) -> String { wrapped(text, "1") }
  /// Weak type, for what stands beside the point.
  public func dim(_ text: String) -> String { wrapped(text, "2") }
  /// What got better.
  public func green(_ text: String) -> String { wrapped(text, "32") }
  /// What got worse.
  public func red(_ text: String) -> String { wrapped(text, "31") }

  /// One of several things that belong together, counted from 0; after eight the colours recur.
  func series(_ index: Int, _ text: String) -> String {
    wrapped(text, Self.seriesCodes[index % Self.seriesCodes.count])
  }

  /// A shade of a scale: 0 is its lower end, 1 its upper.
  func shade(_ fraction: Double, _ text: String) -> String {
    let level = Int((fraction * Double(Self.shades.count - 1)).rounded())
    return wrapped(text, "38;5;" + Self.shades[min(Self.shades.count - 1, max(0, level))])
  }

  private static let seriesCodes = ["36", "33", "35", "34", "32", "31", "96", "93"]
  /// From dark violet by blue and green to yellow, in the palette of 256 colours.
  private static let shades = ["54", "60", "25", "31", "37", "35", "71", "113", "148", "220"]

  private func wrapped(_ text: String, _ code: String) -> String {
    usesColor && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
