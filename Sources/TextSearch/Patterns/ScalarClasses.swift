/// A partition of all scalars: those in one class are in the same sets of a pattern.
///
/// It is made of cells: one for each ASCII scalar, and behind them, for every stretch between two
/// ends of ranges, one for each kind. So a scalar needs two look-ups, whatever sets there are.
struct ScalarClasses: Sendable {
  /// The class of each ASCII byte.
  let ascii: [UInt16]
  let count: Int
  /// A scalar of each class, and its kind.
  let examples: [(scalar: UInt32, kind: ScalarKind)]
  /// Where the stretches outside ASCII start, ascending, 0x80 first.
  private let stretchStarts: [UInt32]
  private let stretchClasses: [UInt16]
  /// Whether the kinds make a difference, which cost some look-ups outside ASCII.
  private let usesKinds: Bool

  private static let kindCount = ScalarKind.allCases.count

  /// The classes of normalized sets; `usesWords` keeps apart what is part of a word.
  init(_ sets: [ScalarSet], usesWords: Bool) {
    usesKinds = usesWords || sets.contains { !$0.kinds.isEmpty }
    var starts: Set<UInt32> = [0x80]
    for set in sets {
      for range in set.ranges where range.upperBound >= 0x80 {
        starts.insert(max(range.lowerBound, 0x80))
        if range.upperBound < 0x10FFFF { starts.insert(range.upperBound &+ 1) }
      }
    }
    stretchStarts = starts.sorted()
    let kinds: [ScalarKind] = usesKinds ? ScalarKind.allCases : [.other]
    let cells: [(scalar: UInt32, kind: ScalarKind)] =
      (0..<128).map { ($0, ScalarKind($0)) }
      + stretchStarts.flatMap { start in kinds.map { (start, $0) } }

    var classes = [UInt32](repeating: 0, count: cells.count)
    var used: UInt32 = 1
    // A negated set parts the scalars as its opposite does, which has fewer.
    for set in sets + (usesWords ? [ScalarSet(kinds: .word)] : []) {
      var parts: [UInt32: UInt32] = [:]
      let opposite = ScalarSet(ranges: set.ranges, kinds: set.kinds)
      ScalarClasses.forEachCell(opposite, cells, stretchStarts, kinds.count) { cell in
        let part = parts[classes[cell], default: used]
        if part == used { used &+= 1 }
        parts[classes[cell]] = part
        classes[cell] = part
      }
    }

    var numbers: [UInt32: UInt16] = [:]
    var examples: [(scalar: UInt32, kind: ScalarKind)] = []
    let compact = classes.indices.map { cell in
      if let number = numbers[classes[cell]] { return number }
      let number = UInt16(truncatingIfNeeded: examples.count)
      numbers[classes[cell]] = number
      examples.append(cells[cell])
      return number
    }
    ascii = Array(compact[..<128])
    stretchClasses = Array(compact[128...])
    self.examples = examples
    count = examples.count
  }

  /// Visits the cells that lie in a set.
  private static func forEachCell(
    _ set: ScalarSet, _ cells: [(scalar: UInt32, kind: ScalarKind)], _ stretchStarts: [UInt32],
    _ kindCount: Int, _ body: (Int) -> Void
  ) {
    for cell in 0..<128 where set.contains(cells[cell].scalar, cells[cell].kind) { body(cell) }
    if !set.kinds.isEmpty {
      for cell in 128..<cells.count where set.contains(cells[cell].scalar, cells[cell].kind) {
        body(cell)
      }
      return
    }
    for range in set.ranges where range.upperBound >= 0x80 {
      var stretch = lastIndex(in: stretchStarts, notAbove: max(range.lowerBound, 0x80))
      while stretch < stretchStarts.count, stretchStarts[stretch] <= range.upperBound {
        for kind in 0..<kindCount { body(128 &+ stretch &* kindCount &+ kind) }
        stretch &+= 1
      }
    }
  }

  /// The index of the last of ascending values that is not above the given one; the first one is
  /// never above it.
  private static func lastIndex(in values: [UInt32], notAbove value: UInt32) -> Int {
    var low = 0
    var high = values.count
    while high &- low > 1 {
      let middle = (low &+ high) &>> 1
      if values[middle] <= value { low = middle } else { high = middle }
    }
    return low
  }

  /// The class of a scalar outside ASCII.
  func classBeyondASCII(_ scalar: UInt32) -> Int {
    let stretch = ScalarClasses.lastIndex(in: stretchStarts, notAbove: scalar)
    if !usesKinds { return Int(stretchClasses[stretch]) }
    let kind = Int(ScalarKind(scalar).rawValue)
    return Int(stretchClasses[stretch &* ScalarClasses.kindCount &+ kind])
  }
}
