import ColumnStore

/// Texts, each once, in the order in which they were met; found by a table hashed with a seed of
/// this process. They are kept close together, so that the table stays in a core's cache.
final class DistinctTexts {
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity = 4096
  private var ends: [Int] = []
  /// The upper half of the hash, then 1 + the index of the text; 0 where there is none.
  private var slots = [UInt64](repeating: 0, count: 1024)

  init() { bytes = .allocate(capacity: capacity) }

  deinit { bytes.deallocate() }

  /// How many there are.
  var count: Int { ends.count }

  /// One of the texts; valid until another is added.
  func text(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = index == 0 ? 0 : ends[index - 1]
    return UnsafeBufferPointer(start: bytes + start, count: ends[index] - start)
  }

  /// The index of a text, which is added where it is new.
  func entry(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = Self.hash(text)
    let mask = UInt64(slots.count - 1)
    var slot = hash & mask
    while slots[Int(slot)] != 0 {
      let found = slots[Int(slot)]
      if found >> 32 == hash >> 32 {
        let index = Int(found & 0xFFFF_FFFF) - 1
        if TextEncoding.equal(self.text(index), text) { return index }
      }
      slot = (slot + 1) & mask
    }
    append(text)
    slots[Int(slot)] = (hash &>> 32) &<< 32 | UInt64(ends.count)
    if ends.count * 2 > slots.count { enlargeTable() }
    return ends.count - 1
  }

  private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(text))
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }

  private func append(_ text: UnsafeBufferPointer<UInt8>) {
    let start = ends.last ?? 0
    if start + text.count > capacity {
      capacity = max(capacity * 2, start + text.count)
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      larger.update(from: bytes, count: start)
      bytes.deallocate()
      bytes = larger
    }
    if let source = text.baseAddress { (bytes + start).update(from: source, count: text.count) }
    ends.append(start + text.count)
  }

  private func enlargeTable() {
    slots = [UInt64](repeating: 0, count: slots.count * 4)
    let mask = UInt64(slots.count - 1)
    for index in ends.indices {
      let hash = Self.hash(text(index))
      var slot = hash & mask
      while slots[Int(slot)] != 0 { slot = (slot + 1) & mask }
      slots[Int(slot)] = (hash &>> 32) &<< 32 | UInt64(index + 1)
    }
  }
}
