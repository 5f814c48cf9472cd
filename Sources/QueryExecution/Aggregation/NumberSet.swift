import CKernels
import ColumnStore

/// Numbers, each once: an ascending run, and those that came since, which join it when they are as
/// many, so that adding goes on taking the same time.
struct NumberSet {
  private var run: [UInt64] = []
  private var fresh: ColumnMemory?
  private var freshCount = 0
  private var capacity = 1 << 21

  /// Adds up to so many numbers, which `body` writes and counts.
  mutating func add(atMost count: Int, _ body: (UnsafeMutablePointer<UInt64>) -> Int) {
    if freshCount + count > capacity { settle() }
    let memory = fresh ?? ColumnMemory(uninitializedByteCount: max(capacity, count) * 8)
    fresh = memory
    freshCount += body(memory.pointer(as: UInt64.self) + freshCount)
  }

  /// Adds a number.
  mutating func insert(_ number: UInt64) {
    add(atMost: 1) { target in
      target.pointee = number
      return 1
    }
  }

  /// Adds the numbers of another set.
  mutating func formUnion(_ other: NumberSet) {
    var other = other
    settle()
    run = other.ascending().withUnsafeBufferPointer { Self.united(run, $0) }
  }

  /// All of them in order.
  mutating func ascending() -> [UInt64] {
    settle()
    return run
  }

  private mutating func settle() {
    guard let fresh, freshCount > 0 else { return }
    let numbers = fresh.pointer(as: UInt64.self)
    let scratch = ColumnMemory(uninitializedByteCount: freshCount * 8)
    let count = dq_sort_distinct(numbers, freshCount, scratch.pointer(as: UInt64.self))
    run = Self.united(run, UnsafeBufferPointer(start: numbers, count: count))
    (self.fresh, freshCount, capacity) = (nil, 0, max(capacity, run.count))
  }

  private static func united(_ run: [UInt64], _ other: UnsafeBufferPointer<UInt64>) -> [UInt64] {
    run.withUnsafeBufferPointer { run in
      [UInt64](unsafeUninitializedCapacity: run.count + other.count) { buffer, count in
        count = dq_unite(
          run.baseAddress, run.count, other.baseAddress, other.count, buffer.baseAddress)
      }
    }
  }
}
