import CKernels
import Glibc

/// The order of texts by their bytes.
///
/// Texts are sorted by numbers: seven bytes, and below them how many bytes follow, up to eight. Two
/// equal numbers below eight belong to equal texts; with eight, the bytes behind the seven decide.
public enum ByteOrder {
  private static let bytesOfKey = 7
  /// Runs of one key that are sorted by comparison, and bytes after which all are.
  private static let fewRows = 16
  private static let farBytes = 70
  /// Comparisons between two checks.
  private static let patience = 1 << 14

  private struct Stopped: Error {}

  /// The order of two texts: negative where the first comes first, 0 where they are equal.
  @inlinable
  public static func compare(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Int {
    guard let a = left.baseAddress, let b = right.baseAddress else {
      return left.count &- right.count
    }
    let order = Int(memcmp(a, b, min(left.count, right.count)))
    return order != 0 ? order : left.count &- right.count
  }

  /// Whether texts of one key are equal, whatever they are.
  @inlinable
  public static func isWhole(_ key: UInt64) -> Bool { key & 0xFF < 8 }

  /// Texts in the order of their bytes; equal ones stay in the order they have.
  ///
  /// A row of the result holds the place of its text and its key; all texts agree in the first
  /// `shared` bytes, which the key leaves out. `check` is called now and then, and what it throws
  /// ends the sort.
  public static func sorted<Failure>(
    count: Int, shared: Int = 0, text: (Int) -> UnsafeBufferPointer<UInt8>,
    check: () throws(Failure) -> Void
  ) throws(Failure) -> [dq_keyed_row] {
    var rows: [dq_keyed_row] = []
    rows.reserveCapacity(count)
    for place in 0..<count {
      rows.append(
        dq_keyed_row(
          key: key(text(place), from: shared), row: UInt32(truncatingIfNeeded: place), number: 0))
    }
    var scratch = rows
    try rows.withUnsafeMutableBufferPointer { rows throws(Failure) in
      try scratch.withUnsafeMutableBufferPointer { scratch throws(Failure) in
        guard let base = scratch.baseAddress else { return }
        try sort(rows, from: shared, end: shared &+ farBytes, base, text, check)
      }
    }
    return rows
  }

  /// Sorts rows by their keys, and those of one key by what follows; the keys stay.
  private static func sort<Failure>(
    _ rows: UnsafeMutableBufferPointer<dq_keyed_row>, from start: Int, end: Int,
    _ scratch: UnsafeMutablePointer<dq_keyed_row>, _ text: (Int) -> UnsafeBufferPointer<UInt8>,
    _ check: () throws(Failure) -> Void
  ) throws(Failure) {
    try check()
    dq_sort_keyed(rows.baseAddress, rows.count, scratch)
    var first = 0
    while first < rows.count {
      let key = rows[first].key
      var last = first &+ 1
      while last < rows.count, rows[last].key == key { last &+= 1 }
      let run = UnsafeMutableBufferPointer(rebasing: rows[first..<last])
      first = last
      if run.count == 1 || isWhole(key) { continue }
      let next = start &+ bytesOfKey
      if run.count <= fewRows || next >= end {
        try sort(run, text, check)
        continue
      }
      for place in run.indices { run[place].key = Self.key(text(Int(run[place].row)), from: next) }
      try sort(run, from: next, end: end, scratch, text, check)
      for place in run.indices { run[place].key = key }
    }
  }

  /// Sorts rows by all bytes of their texts.
  private static func sort<Failure>(
    _ rows: UnsafeMutableBufferPointer<dq_keyed_row>,
    _ text: (Int) -> UnsafeBufferPointer<UInt8>, _ check: () throws(Failure) -> Void
  ) throws(Failure) {
    var rows = rows
    var comparisons = 0
    var failure: Failure?
    do {
      try rows.sort { left, right in
        comparisons &+= 1
        if comparisons & (patience - 1) == 0 {
          do throws(Failure) {
            try check()
          } catch {
            failure = error
            throw Stopped()
          }
        }
        let order = compare(text(Int(left.row)), text(Int(right.row)))
        return order != 0 ? order < 0 : left.row < right.row
      }
    } catch {
      if let failure { throw failure }
    }
  }

  private static func key(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt64 {
    let end = start &+ bytesOfKey
    var key: UInt64 = 0
    for index in start..<end {
      key = key &<< 8
      if index < text.count { key |= UInt64(text[index]) }
    }
    return key &<< 8 | UInt64(max(0, min(text.count &- start, bytesOfKey &+ 1)))
  }
}
