/// A code with the number it is sorted by.
struct KeyedCode {
  var key: UInt64
  var code: UInt32
  /// Bytes of the text.
  var length: UInt32
}

/// Sorts by 64-bit keys, byte by byte from the lowest; stable.
enum RadixSort {
  static func sort(_ items: inout [KeyedCode]) {
    if items.count < 256 {
      items.sort { ($0.key, $0.code) < ($1.key, $1.code) }
      return
    }
    var differing: UInt64 = 0
    for item in items { differing |= item.key ^ items[0].key }
    var other = items
    for byte in 0..<8 where differing &>> UInt64(byte &* 8) & 0xFF != 0 {
      pass(&items, &other, shift: UInt64(byte &* 8))
      swap(&items, &other)
    }
  }

  private static func pass(
    _ source: inout [KeyedCode], _ target: inout [KeyedCode], shift: UInt64
  ) {
    source.withUnsafeBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { starts in
          starts.initialize(repeating: 0)
          for item in source { starts[Int(item.key &>> shift & 0xFF)] &+= 1 }
          var sum = 0
          for digit in 0..<256 {
            let count = starts[digit]
            starts[digit] = sum
            sum &+= count
          }
          for item in source {
            let digit = Int(item.key &>> shift & 0xFF)
            target[starts[digit]] = item
            starts[digit] &+= 1
          }
        }
      }
    }
  }
}
