import CKernels
import ColumnStore

/// The groups of a block's rows as bytes, where the block has few: many keys have few values, and
/// a file in the order of time has few months or weeks in one block.
final class NarrowGroups {
  /// A key's codes in the block: `count` of them from `low` on.
  private struct Part {
    var low: Int
    var count: Int
    var stride: Int
  }

  /// A run of the block's rows, with its own bounds of the keys' codes.
  private struct Piece {
    var rows: Range<Int>
    /// Where its parts begin, one for each key.
    var firstPart: Int
    /// How many groups it may have.
    var groupCount: Int
  }

  private var block = Block(start: 0, count: 0)
  private var pieces: [Piece] = []
  private var parts: [Part] = []
  private var keyCount = 0
  private let groups: UnsafeMutablePointer<UInt8>
  private let places: UnsafeMutablePointer<UInt8>
  private let counts: UnsafeMutablePointer<UInt32>

  init() {
    groups = .allocate(capacity: NumberColumn.blockLength)
    places = .allocate(capacity: NumberColumn.blockLength)
    counts = .allocate(capacity: Int(DQ_NO_PLACE))
  }

  deinit {
    groups.deallocate()
    places.deallocate()
    counts.deallocate()
  }

  /// Numbers the groups of a block from its keys; false where they are too many to have so many
  /// places each.
  ///
  /// Where the rows are in the order of a key, pieces of the block have so few groups that they
  /// are counted faster one by one.
  func fill(_ block: Block, _ keys: [GroupCodes], placesEach: Int) -> Bool {
    self.block = block
    keyCount = keys.count
    let isWhole = cut(block, keys, into: block.count, placesEach)
    let most = isWhole ? pieces[0].groupCount * placesEach : .max
    if most > Int(DQ_FEW_PLACES), block.count > Self.pieceLength {
      let head = Block(start: block.start, count: Self.pieceLength)
      if cut(head, keys, into: Self.pieceLength, placesEach),
        pieces[0].groupCount * placesEach <= Int(DQ_FEW_PLACES)
      {
        guard cut(block, keys, into: Self.pieceLength, placesEach) else { return false }
      } else {
        guard isWhole, cut(block, keys, into: block.count, placesEach) else { return false }
      }
    } else if !isWhole {
      return false
    }
    if isOnePlace(placesEach) { return true }
    groups.update(repeating: 0, count: block.count)
    for piece in pieces {
      let rows = Block(start: block.start + piece.rows.lowerBound, count: piece.rows.count)
      for (key, part) in zip(keys, parts[piece.firstPart...]) where part.count > 1 {
        key.codes.addPlaces(
          rows, groups + piece.rows.lowerBound, low: part.low, count: part.count)
      }
    }
    return true
  }

  /// Rows of which the bounds are told by themselves: few, but a good many of the vectors in which
  /// they are counted.
  private static let pieceLength = 2_048

  /// Cuts a block into pieces; false where one of them has too many groups.
  private func cut(
    _ block: Block, _ keys: [GroupCodes], into length: Int, _ placesEach: Int
  ) -> Bool {
    pieces.removeAll(keepingCapacity: true)
    parts.removeAll(keepingCapacity: true)
    for start in stride(from: 0, to: block.count, by: max(length, 1)) {
      let rows = start..<min(start + length, block.count)
      var piece = Piece(rows: rows, firstPart: parts.count, groupCount: 1)
      for key in keys {
        let codes = key.codes.bounds(Block(start: block.start + start, count: rows.count))
        piece.groupCount *= codes.count
        if piece.groupCount * placesEach > Int(DQ_NO_PLACE) { return false }
        parts.append(Part(low: codes.lowerBound, count: codes.count, stride: Int(key.stride)))
      }
      pieces.append(piece)
    }
    return !pieces.isEmpty
  }

  private func isOnePlace(_ placesEach: Int) -> Bool {
    pieces.count == 1 && pieces[0].groupCount * placesEach == 1
  }

  /// Counts the block's rows whose bit is 1 by place, of which each group has so many; `divide`
  /// makes places of the groups.
  func count(
    _ mask: UnsafePointer<UInt64>, placesEach: Int, into total: inout PlaceCounts,
    divide: (UnsafeMutablePointer<UInt8>) -> Void = { _ in }
  ) {
    if isOnePlace(placesEach) {
      return total.add(Int64(block.count(of: mask)), to: group(0, pieces[0]))
    }
    places.update(from: groups, count: block.count)
    divide(places)
    dq_places_within(mask, block.count, places)
    for piece in pieces {
      counts.update(repeating: 0, count: piece.groupCount * placesEach)
      dq_count_places(
        places + piece.rows.lowerBound, piece.rows.count, piece.groupCount * placesEach, counts)
      for index in 0..<piece.groupCount {
        let first = group(index, piece) * placesEach
        for place in 0..<placesEach {
          let count = counts[index * placesEach + place]
          if count > 0 { total.add(Int64(count), to: first + place) }
        }
      }
    }
  }

  /// The number among all groups of one of a piece's.
  private func group(_ index: Int, _ piece: Piece) -> Int {
    var (group, rest) = (0, index)
    for part in parts[piece.firstPart..<piece.firstPart + keyCount].reversed() {
      group += (part.low + rest % part.count) * part.stride
      rest /= part.count
    }
    return group
  }
}
