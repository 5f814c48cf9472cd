/// A text looked for without regard to case.
///
/// Two texts are alike when Swift's `lowercased()` gives the same UTF-8 for both; composed and
/// decomposed accents differ, as they do in groups. `K` (Kelvin sign) is alike `k`, and `İ` is
/// alike `i` with a combining dot, so it contains an `i`.
public struct TextNeedle: Sendable {
  /// The UTF-8 of the text in lower case.
  let folded: [UInt8]
  /// Every text that contains the needle contains one of these; there are none for the empty
  /// needle only.
  let probes: [ByteProbe]

  /// A needle for any text, the empty one included.
  public init(_ text: String) {
    var text = text
    folded = text.withUTF8 { CaseFolding.folded($0) }
    probes = TextNeedle.probes(for: folded)
  }

  /// Whether the needle has digits of ASCII.
  public var hasDigits: Bool { folded.contains { $0 &- 0x30 < 10 } }

  /// The needle with a 0 in place of each of these digits.
  public var withZeros: TextNeedle {
    TextNeedle(String(decoding: folded.map { $0 &- 0x30 < 10 ? 0x30 : $0 }, as: UTF8.self))
  }

  /// Whether the text is alike the needle.
  public func equals(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch compareStart(of: text) {
    case .alike(let end): end == text.count
    case .different: false
    case .undecided: CaseFolding.folded(text) == folded
    }
  }

  /// Whether the text contains the needle.
  public func isContained(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    for probe in probes where probe.occurs(in: text) {
      return probe.isExact || isContainedInFolded(text)
    }
    return folded.isEmpty
  }

  /// Whether the text starts with the needle.
  public func isPrefix(of text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch compareStart(of: text) {
    case .alike: true
    case .different: false
    case .undecided: CaseFolding.folded(text).starts(with: folded)
    }
  }

  /// Whether the text ends with the needle.
  public func isSuffix(of text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch compareEnd(of: text) {
    case .alike: true
    case .different: false
    case .undecided: CaseFolding.folded(text).suffix(folded.count).elementsEqual(folded)
    }
  }

  /// Whether the text contains the needle, by folding it as a whole.
  func isContainedInFolded(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if folded.isEmpty { return true }
    let probe = ByteProbe(folded, isExact: true)
    return CaseFolding.folded(text).withUnsafeBufferPointer { probe.occurs(in: $0) }
  }
}

extension TextNeedle {
  private enum Comparison {
    /// All of the needle was found; the text up to or from this position is alike it.
    case alike(Int)
    case different
    /// An `İ` was met, of which the needle may hold one half.
    case undecided
  }

  private func compareStart(of text: UnsafeBufferPointer<UInt8>) -> Comparison {
    folded.withUnsafeBufferPointer { needle in
      var wanted = ScalarReader(needle)
      var reader = ScalarReader(text)
      while let scalar = wanted.next() {
        guard let found = reader.next() else { return .different }
        if found == CaseFolding.dottedCapitalI { return .undecided }
        if CaseFolding.lowercase(found) != scalar { return .different }
      }
      return .alike(reader.position)
    }
  }

  private func compareEnd(of text: UnsafeBufferPointer<UInt8>) -> Comparison {
    folded.withUnsafeBufferPointer { needle in
      var wanted = ScalarReader(needle, position: needle.count)
      var reader = ScalarReader(text, position: text.count)
      while let scalar = wanted.previous() {
        guard let found = reader.previous() else { return .different }
        if found == CaseFolding.dottedCapitalI { return .undecided }
        if CaseFolding.lowercase(found) != scalar { return .different }
      }
      return .alike(reader.position)
    }
  }
}
