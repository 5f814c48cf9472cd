import CKernels
import Glibc

/// Distinct byte strings, numbered from 1 in the order of their arrival.
///
/// Open addressing with linear probing. A text of up to 16 bytes is its own key, so that short
/// values are never compared byte by byte.
final class StringTable {
  // Drawn anew for every table, so that no file can be made to collide.
  private let seed = UInt64.random(in: .min ... .max)

  /// How many texts there are.
  private(set) var count = 0
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var byteCount = 0
  private var byteCapacity = 1 << 10
  private(set) var offsets: UnsafeMutablePointer<Int>
  private var offsetCapacity = 64
  private var slots: UnsafeMutablePointer<DictionarySlot>
  private var mask: Int

  init() {
    bytes = .allocate(capacity: byteCapacity)
    offsets = .allocate(capacity: offsetCapacity &+ 1)
    offsets[0] = 0
    mask = 127
    slots = .allocate(capacity: mask &+ 1)
    slots.initialize(repeating: DictionarySlot(), count: mask &+ 1)
  }

  deinit {
    bytes.deallocate()
    offsets.deallocate()
    slots.deallocate()
  }

  /// The bytes of the text with a code.
  func text(_ code: Int) -> UnsafeBufferPointer<UInt8> {
    let start = offsets[code &- 1]
    return UnsafeBufferPointer(start: bytes + start, count: offsets[code] &- start)
  }

  /// The table as kernels look texts up in it, until one is added.
  var texts: DictionaryTexts {
    DictionaryTexts(slots: slots, mask: UInt64(mask), seed: seed, bytes: bytes)
  }

  /// The code of a text of at least one byte, which is added if it is new; 8 bytes behind it must
  /// be readable.
  @inline(__always)
  func code(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    let key = dq_text_key(start, length, seed)
    var texts = self.texts
    let slot = dq_text_slot(&texts, start, length, key, dq_text_home(key, length, seed))
    let code = slots[slot].code
    return code > 0 ? code : insert(start, length, key, at: slot)
  }

  private func insert(
    _ start: UnsafePointer<UInt8>, _ length: Int, _ key: TextKey, at index: Int
  ) -> UInt32 {
    if byteCount &+ length &+ 8 > byteCapacity {
      byteCapacity = max(byteCapacity &* 2, byteCount &+ length &+ 8)
      bytes = regrown(bytes, byteCount, byteCapacity)
    }
    if count == offsetCapacity {
      offsetCapacity &*= 2
      offsets = regrown(offsets, count &+ 1, offsetCapacity &+ 1)
    }
    (bytes + byteCount).update(from: start, count: length)
    byteCount &+= length
    count &+= 1
    offsets[count] = byteCount
    let code = UInt32(truncatingIfNeeded: count)
    slots[index] = DictionarySlot(
      first: length > 16 ? UInt64(offsets[count &- 1]) : key.first, last: key.last,
      length: UInt32(truncatingIfNeeded: length), code: code)
    if count &* 4 > mask &* 3 { rehash() }
    return code
  }

  /// Gives back what only looking up needs, which for many texts is most of the table; afterwards
  /// none may be looked up.
  func endLookups() {
    slots.deallocate()
    slots = .allocate(capacity: 0)
  }

  private func rehash() {
    let old = slots
    let oldCount = mask &+ 1
    mask = oldCount &* 2 &- 1
    slots = .allocate(capacity: mask &+ 1)
    slots.initialize(repeating: DictionarySlot(), count: mask &+ 1)
    for var slot in UnsafeBufferPointer(start: old, count: oldCount) where slot.code != 0 {
      var index = Int(truncatingIfNeeded: dq_slot_home(&slot, seed)) & mask
      while slots[index].code != 0 { index = (index &+ 1) & mask }
      slots[index] = slot
    }
    old.deallocate()
  }

  private func regrown<T>(
    _ old: UnsafeMutablePointer<T>, _ count: Int, _ capacity: Int
  ) -> UnsafeMutablePointer<T> {
    let new = UnsafeMutablePointer<T>.allocate(capacity: capacity)
    new.update(from: old, count: count)
    old.deallocate()
    return new
  }
}
