/// Counts rows by place, of which each group has several, and hands what its items gather of the
/// counts to them at the end.
protocol GroupFold: AnyObject {
  /// How many places each group has.
  var placesEach: Int { get }

  /// How it counts, in words, for `explain`.
  var way: String { get }

  /// Takes in the rows of a block whose bit is 1.
  func process(_ block: Block, groups: NarrowGroups, mask: UnsafePointer<UInt64>)

  /// Takes in the rows of a block whose bit is 1; with a group number for each row.
  func process(_ block: Block, groups: UnsafePointer<UInt32>, mask: UnsafePointer<UInt64>)

  /// Hands what has been counted to the items, and to what counts all rows; then the fold is empty.
  func finish(presence: CountAccumulator)
}
