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

  private func wrapped(_ text: String, _ code: String) -> String {
    usesColor && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
