/// Classes in brackets, such as `[a-z\d]` and `[^"]`.
extension PatternParser {
  /// A class; the `[` is behind the cursor.
  mutating func bracketed() throws(PatternError) -> ScalarSet {
    let start = position &- 1
    var set = ScalarSet()
    set.isNegated = take("^")
    let first = position
    // A `]` that comes first stands for itself, as everywhere else.
    while position == first || peek != "]" {
      guard peek != nil else {
        throw PatternError(
          "The class \(quoted(from: start)) has no ']'; write '\\[' for the sign itself.")
      }
      try appendItem(to: &set)
    }
    position &+= 1
    return set.normalized()
  }

  private mutating func appendItem(to set: inout ScalarSet) throws(PatternError) {
    let start = position
    if take("[:") {
      throw PatternError(
        "\(quoted(from: start)) starts a named class, which is not known here; "
          + "write \\w, \\d, \\s or a range such as 'a-z'.")
    }
    guard let lower = try bracketedScalar(addingKindsTo: &set) else { return }
    // A `-` at the end of a class or before `\d` stands for itself.
    guard peek == "-", position &+ 1 < scalars.count, scalars[position &+ 1] != "]" else {
      set.ranges.append(lower...lower)
      return
    }
    position &+= 1
    guard let upper = try bracketedScalar(addingKindsTo: &set) else {
      set.ranges.append(lower...lower)
      set.ranges.append(0x2D...0x2D)
      return
    }
    guard lower <= upper else {
      throw PatternError(
        "The range \(quoted(from: start)) runs backwards; write its lower end first.")
    }
    set.ranges.append(lower...upper)
  }

  /// The next scalar of a class, or nil where it was one of `\d`, `\w`, `\s`.
  private mutating func bracketedScalar(
    addingKindsTo set: inout ScalarSet
  ) throws(PatternError) -> UInt32? {
    guard let scalar = peek else { return nil }
    let start = position
    position &+= 1
    guard scalar == "\\" else { return scalar.value }
    if let kinds = takeKinds() {
      set.kinds.formUnion(kinds)
      return nil
    }
    return try escapedScalar(from: start)
  }
}
