/// What `\w`, `\d`, `\s` and `\b` tell apart.
enum ScalarKind: UInt8, CaseIterable {
  case other
  case word
  case digit
  case space

  /// The kind of a scalar, after Unicode: words are letters, marks, numbers in decimal digits,
  /// connectors such as `_`, and the joiners.
  init(_ scalar: UInt32) {
    switch scalar {
    case 0x30...0x39: self = .digit
    case 0x41...0x5A, 0x61...0x7A, 0x5F: self = .word
    case 0x09...0x0D, 0x20: self = .space
    case 0..<0x80: self = .other
    default: self = Unicode.Scalar(scalar).map { ScalarKind(beyondASCII: $0) } ?? .other
    }
  }

  private init(beyondASCII scalar: Unicode.Scalar) {
    switch scalar.properties.generalCategory {
    case .decimalNumber: self = .digit
    case .nonspacingMark, .spacingMark, .enclosingMark, .connectorPunctuation: self = .word
    default:
      let properties = scalar.properties
      if properties.isAlphabetic || properties.isJoinControl {
        self = .word
      } else {
        self = properties.isWhitespace ? .space : .other
      }
    }
  }

  var isWord: Bool { self == .word || self == .digit }
}

/// Several kinds of scalars.
struct ScalarKinds: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let all = ScalarKinds(rawValue: 0xF)
  static let word = ScalarKinds([.init(.word), .init(.digit)])
  static let digit = ScalarKinds(.digit)
  static let space = ScalarKinds(.space)

  init(rawValue: UInt8) { self.rawValue = rawValue }
  init(_ kind: ScalarKind) { rawValue = 1 &<< kind.rawValue }
}

/// The scalars that one place of a pattern accepts: ranges and kinds, or all but those.
struct ScalarSet: Hashable, Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  var kinds: ScalarKinds = []
  var isNegated = false

  /// Everything but the end of a line.
  static let dot = ScalarSet(ranges: [0x0A...0x0A], isNegated: true)

  /// The scalar, if that is all the set has.
  var single: UInt32? {
    guard ranges.count == 1, kinds.isEmpty, !isNegated, let range = ranges.first,
      range.lowerBound == range.upperBound
    else { return nil }
    return range.lowerBound
  }

  /// Whether the set has a scalar of the given kind.
  func contains(_ scalar: UInt32, _ kind: ScalarKind) -> Bool {
    if kinds.contains(ScalarKinds(kind)) { return !isNegated }
    return hasRange(around: scalar) != isNegated
  }

  /// Whether a range has the scalar; the ranges are as `normalized()` leaves them.
  private func hasRange(around scalar: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low &+ high) &>> 1
      if ranges[middle].upperBound < scalar { low = middle &+ 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= scalar
  }

  /// The same set with ascending ranges that do not touch.
  func normalized() -> ScalarSet {
    var result = self
    result.ranges = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.ranges.last, range.lowerBound <= last.upperBound &+ 1 {
        let upper = max(last.upperBound, range.upperBound)
        result.ranges[result.ranges.count &- 1] = last.lowerBound...upper
      } else {
        result.ranges.append(range)
      }
    }
    return result
  }

  /// The set with, for each of its scalars, those that differ from it only in case.
  func ignoringCase() -> ScalarSet {
    var result = normalized()
    let base = result
    var foldedForms: Set<UInt32> = []
    for pair in CaseFolding.pairs
    where base.hasRange(around: pair.scalar) || base.hasRange(around: pair.folded) {
      foldedForms.insert(pair.folded)
    }
    for pair in CaseFolding.pairs where foldedForms.contains(pair.folded) {
      result.ranges.append(pair.scalar...pair.scalar)
      result.ranges.append(pair.folded...pair.folded)
    }
    return result.normalized()
  }
}
