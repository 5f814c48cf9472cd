import CivilTime

/// The bucket of every quarter of an hour in a range of time, so that putting an instant into its
/// period is one look-up.
///
/// All zones have changed their clocks at quarters of an hour since 1972; a range with another
/// change has no table.
struct BucketTable {
  private static let slot: Int64 = 900
  private static let largest: Int64 = 1 << 22
  private let firstSlot: Int64
  /// Ordinals, less `base`.
  private let ordinals: [Int32]
  /// The ordinals of the first and the last period.
  let first: Int64
  let last: Int64

  /// A table for the instants from `low` to `high`, nil where it would be too large or its
  /// periods do not start at quarters of an hour.
  init?(_ buckets: TimeBuckets, low: Int64, high: Int64) {
    let firstSlot = BucketTable.slotOf(low)
    let slots = BucketTable.slotOf(high) - firstSlot + 1
    guard slots > 0, slots <= BucketTable.largest else { return nil }
    first = buckets.bucket(ofUTC: low)
    last = buckets.bucket(ofUTC: high)
    var table = [Int32](repeating: 0, count: Int(slots))
    var bucket = first
    var start = buckets.start(of: bucket)
    while bucket <= last {
      let end = buckets.start(of: bucket + 1)
      guard start % BucketTable.slot == 0 else { return nil }
      let from = max(BucketTable.slotOf(start) - firstSlot, 0)
      let to = min(BucketTable.slotOf(end - 1) - firstSlot, slots - 1)
      let ordinal = Int32(truncatingIfNeeded: bucket - first)
      // By hand: a range would take most of a query's time in a build for testing.
      table.withUnsafeMutableBufferPointer { table in
        var index = Int(from)
        while index <= Int(to) {
          table[index] = ordinal
          index &+= 1
        }
      }
      bucket += 1
      start = end
    }
    self.firstSlot = firstSlot
    ordinals = table
  }

  private static func slotOf(_ seconds: Int64) -> Int64 {
    seconds >= 0 ? seconds / slot : -((slot - 1 - seconds) / slot)
  }

  /// The ordinal of an instant in the range, less that of the first period.
  @inline(__always)
  func offset(of seconds: Int64) -> Int32 {
    let index = Int(BucketTable.slotOf(seconds) &- firstSlot)
    return index >= 0 && index < ordinals.count ? ordinals[index] : 0
  }
}
