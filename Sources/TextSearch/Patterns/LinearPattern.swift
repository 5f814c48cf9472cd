/// A regular expression matched in linear time whatever the pattern.
///
/// Literals, `.` (all but a line feed), classes such as `[^a-z]`, `\d \w \s` and their opposites
/// after Unicode, the anchors `^ $` (start and end of the text) and `\b \B`, groups, `|`, and the
/// quantifiers `* + ? {m,n}`. It is case-sensitive unless it starts with `(?i)`; cases are alike
/// as `lowercased()` has them, scalar by scalar.
public struct LinearPattern: Sendable {
  let program: PatternProgram
  /// Every text that matches contains one of these, where there are any.
  let probes: [ByteProbe]

  /// Reads a pattern; the error says what is not understood and what to write instead.
  public init(_ pattern: String) throws(PatternError) {
    let (node, ignoresCase) = try PatternParser.parse(pattern)
    program = try PatternProgram(node, ignoresCase: ignoresCase)
    probes = LinearPattern.probes(for: node, ignoresCase: ignoresCase)
  }

  /// What tells whether the pattern matches anywhere in a text; for one thread.
  public func test() -> (UnsafeBufferPointer<UInt8>) -> Bool {
    let automaton = LazyAutomaton(program)
    if probes.isEmpty { return { automaton.matches($0) } }
    return { text in
      guard let probe = probes.first(where: { $0.occurs(in: text) }) else { return false }
      return probe.isExact || automaton.matches(text)
    }
  }

  /// Whether a match may depend on which digit of ASCII stands in a place.
  public var tellsDigitsApart: Bool {
    program.sets.contains { set in
      let hasZero = set.contains(0x30, .digit)
      return (0x31...0x39).contains { set.contains($0, .digit) != hasZero }
    }
  }

  /// Probes for the text that every match contains; they are exact when it is the whole pattern.
  private static func probes(for node: PatternNode, ignoresCase: Bool) -> [ByteProbe] {
    let isWhole = node.literal != nil
    let scalars = node.requiredText.compactMap { Unicode.Scalar($0) }
    if scalars.isEmpty { return [] }
    let text = String(String.UnicodeScalarView(scalars))
    // What ignores case here is a little stricter than a needle: `İ` is not alike an `i`. So an
    // inexact probe is followed by the pattern itself.
    let probes =
      ignoresCase ? TextNeedle(text).probes : [ByteProbe(Array(text.utf8), isExact: true)]
    return isWhole ? probes : probes.map { $0.inexact }
  }
}
