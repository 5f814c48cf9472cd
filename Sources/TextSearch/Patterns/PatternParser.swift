/// Reads a regular expression into its tree.
///
///     pattern     = [ "(?i)" ] alternation
///     alternation = sequence { "|" sequence }
///     sequence    = { atom [ quantifier ] }
///     atom        = "(" [ "?:" ] alternation ")" | "[" class "]" | "." | "^" | "$" | escape | scalar
struct PatternParser {
  let scalars: [Unicode.Scalar]
  var position = 0
  private var depth = 0

  static let depthLimit = 100
  /// How many scalars a pattern may have; it bounds the work that sets of ranges make.
  static let lengthLimit = 4000
  /// How often a counted repetition may repeat.
  static let countLimit = 1000

  private init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  /// The tree of a pattern, and whether it ignores case.
  static func parse(
    _ pattern: String
  ) throws(PatternError) -> (node: PatternNode, ignoresCase: Bool) {
    var parser = PatternParser(pattern)
    if parser.scalars.count > lengthLimit {
      throw PatternError(
        "The pattern that starts with \(PatternError.quoted(parser.scalars.prefix(20))) is longer "
          + "than \(lengthLimit) characters; write a shorter one.")
    }
    let ignoresCase = parser.take("(?i)")
    let node = try parser.alternation()
    if parser.peek != nil {
      throw PatternError(
        "The pattern has a ')' without a '(' before it; write '\\)' for the sign itself.")
    }
    return (node, ignoresCase)
  }

  // MARK: Cursor

  var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  /// Steps over the text if it comes next.
  mutating func take(_ text: String) -> Bool {
    guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
    position &+= text.unicodeScalars.count
    return true
  }

  /// The part of the pattern from a position up to the present one, for messages.
  func quoted(from start: Int) -> String { PatternError.quoted(scalars[start..<position]) }

  // MARK: Productions

  private mutating func alternation() throws(PatternError) -> PatternNode {
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func sequence() throws(PatternError) -> PatternNode {
    var parts: [PatternNode] = []
    while let scalar = peek, scalar != "|", scalar != ")" {
      let start = position
      let part = try atom()
      parts.append(try quantified(part, from: start))
    }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .concatenation(parts)
  }

  private mutating func atom() throws(PatternError) -> PatternNode {
    guard let scalar = peek else { return .empty }
    let start = position
    position &+= 1
    switch scalar {
    case "(": return try group()
    case "[": return .set(try bracketed())
    case ".": return .set(.dot)
    case "^": return .assertion(.textStart)
    case "$": return .assertion(.textEnd)
    case "\\": return try escape()
    case "*", "+", "?":
      throw PatternError(
        "\(quoted(from: start)) has nothing before it to repeat; "
          + "write '\\\(scalar)' for the sign itself.")
    case "{":
      throw PatternError("'{' has nothing before it to repeat; write '\\{' for the sign itself.")
    default: return .set(ScalarSet(ranges: [scalar.value...scalar.value]))
    }
  }

  private mutating func group() throws(PatternError) -> PatternNode {
    let start = position &- 1
    if take("?"), !take(":") {
      if take("<=") || take("<!") || take("=") || take("!") {
        throw PatternError(
          "\(quoted(from: start)) looks around, which is not supported because matching is in "
            + "linear time; join two conditions with 'and' instead.")
      }
      if peek != nil { position &+= 1 }
      throw PatternError(
        "\(quoted(from: start)) is not a group known here; write '(…)' or '(?:…)', "
          + "and '(?i)' only at the start of the pattern.")
    }
    depth &+= 1
    if depth > PatternParser.depthLimit {
      throw PatternError(
        "The pattern has more than \(PatternParser.depthLimit) groups within each other; "
          + "write it with fewer.")
    }
    let node = try alternation()
    depth &-= 1
    guard take(")") else {
      position = scalars.count
      throw PatternError(
        "The group \(quoted(from: start)) has no ')'; write '\\(' for the sign itself.")
    }
    return node
  }

  // MARK: Quantifiers

  private mutating func quantified(
    _ part: PatternNode, from start: Int
  ) throws(PatternError) -> PatternNode {
    guard let (minimum, maximum) = try quantifier() else { return part }
    // Whether it is lazy makes no difference to whether there is a match.
    if take("?") {}
    if let next = peek, next == "*" || next == "+" || next == "?" || next == "{" {
      position &+= 1
      throw PatternError(
        "\(quoted(from: start)) repeats what is repeated already; "
          + "put the part that is repeated first in '(?:…)'.")
    }
    return .repetition(part, minimum: minimum, maximum: maximum)
  }

  private mutating func quantifier() throws(PatternError) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = position
    guard take("{") else { return nil }
    let minimum = number()
    var maximum = minimum
    if take(",") { maximum = number() }
    guard let minimum, take("}") else {
      if peek != nil { position &+= 1 }
      throw PatternError(
        "\(quoted(from: start)) is not a number of times; write '{2}', '{2,}' or '{2,5}', "
          + "or '\\{' for the sign itself.")
    }
    if minimum > PatternParser.countLimit || maximum ?? 0 > PatternParser.countLimit {
      throw PatternError(
        "\(quoted(from: start)) repeats too often; "
          + "a part may be repeated \(PatternParser.countLimit) times at most.")
    }
    if let maximum, maximum < minimum {
      throw PatternError(
        "\(quoted(from: start)) has its numbers in the wrong order; "
          + "write '{\(maximum),\(minimum)}'.")
    }
    return (minimum, maximum)
  }

  /// The decimal number that comes next; it stops growing where it is too large anyway.
  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = peek, ("0"..."9").contains(scalar) {
      value = min((value ?? 0) &* 10 &+ Int(scalar.value &- 0x30), 1_000_000)
      position &+= 1
    }
    return value
  }
}
