import CKernels
import Glibc

/// Distinct byte strings, numbered from 1 in the order of their arrival.
///
/// Open addressing with linear probing. A text of up to 8 bytes is its own key, so that short
/// values are never compared byte by byte.
final class StringTable {
  private struct Slot {
    /// The bytes of a short text, the hash of a longer one.
    var key: UInt64
    var length: UInt32
    /// 0 where the slot is free.
    var code: UInt32
  }

  // Drawn anew for every table, so that no file can be made to collide.
  private let seed = UInt64.random(in: .min ... .max)

  /// Whether the processor may keep the table close, so that fetching ahead gains nothing.
  var isSmall: Bool { mask < 1 << 12 }

  /// How many texts there are.
  private(set) var count = 0
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var byteCount = 0
  private var byteCapacity = 1 << 10
  private(set) var offsets: UnsafeMutablePointer<Int>
  private var offsetCapacity = 64
  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int

  init() {
    bytes = .allocate(capacity: byteCapacity)
    offsets = .allocate(capacity: offsetCapacity &+ 1)
    offsets[0] = 0
    mask = 127
    slots = .allocate(capacity: mask &+ 1)
    slots.initialize(repeating: Slot(key: 0, length: 0, code: 0), count: mask &+ 1)
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

  /// The code of a text, which is added if it is new; 8 bytes behind it must be readable. That of
  /// an empty text is 0.
  @inline(__always)
  func code(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    let key = key(start, length)
    let slot = slots[home(key, length)]
    let difference = (slot.key ^ key) | UInt64(slot.length ^ UInt32(truncatingIfNeeded: length))
    if difference == 0, slot.code != 0, isSame(slot, start) { return slot.code }
    return search(start, length, key)
  }

  private func search(_ start: UnsafePointer<UInt8>, _ length: Int, _ key: UInt64) -> UInt32 {
    if length == 0 { return 0 }
    var index = home(key, length)
    while true {
      let slot = slots[index]
      if slot.code == 0 { return insert(start, length, key, at: index) }
      if slot.key == key, slot.length == UInt32(truncatingIfNeeded: length), isSame(slot, start) {
        return slot.code
      }
      index = (index &+ 1) & mask
    }
  }

  /// A text to look up.
  struct Text {
    var start: UnsafePointer<UInt8>
    var key: UInt64
    var length: UInt32
    /// Where the search for it begins, unless the table grows.
    var home: UInt32
  }

  /// A text to look up soon, whose slot the processor begins to fetch; 8 bytes behind it must be
  /// readable.
  @inline(__always)
  func prepared(_ start: UnsafePointer<UInt8>, _ length: Int) -> Text {
    let key = key(start, length)
    let home = home(key, length)
    dq_prefetch(slots + home)
    return Text(
      start: start, key: key, length: UInt32(truncatingIfNeeded: length),
      home: UInt32(truncatingIfNeeded: home))
  }

  /// The codes of some texts.
  func codes(
    of texts: UnsafePointer<Text>, count: Int, into codes: UnsafeMutablePointer<UInt32>
  ) {
    for index in 0..<count {
      let text = texts[index]
      let slot = slots[Int(text.home) & mask]
      let difference = (slot.key ^ text.key) | UInt64(slot.length ^ text.length)
      if difference == 0, slot.code != 0, isSame(slot, text.start) {
        codes[index] = slot.code
      } else {
        codes[index] = search(text.start, Int(text.length), text.key)
      }
    }
  }

  /// Whether a slot with the key and the length of a text holds it.
  @inline(__always)
  private func isSame(_ slot: Slot, _ start: UnsafePointer<UInt8>) -> Bool {
    let length = Int(slot.length)
    if length <= 8 { return true }
    let known = UnsafeRawPointer(bytes + offsets[Int(slot.code) &- 1])
    let text = UnsafeRawPointer(start)
    if length > 16 { return memcmp(known, text, length) == 0 }
    // Two words that overlap hold all of it.
    func isWord(_ at: Int) -> Bool {
      (known + at).loadUnaligned(as: UInt64.self) == (text + at).loadUnaligned(as: UInt64.self)
    }
    return isWord(0) && isWord(length &- 8)
  }

  /// Where the search for a text begins.
  @inline(__always)
  private func home(_ key: UInt64, _ length: Int) -> Int {
    let mixed = (key ^ seed).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    let bits = mixed.high ^ mixed.low &+ UInt64(truncatingIfNeeded: length)
    return Int(truncatingIfNeeded: bits) & mask
  }

  /// What tells texts apart: the bytes of a short text, the hash of a longer one.
  @inline(__always)
  func key(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    let raw = UnsafeRawPointer(start)
    let first = raw.loadUnaligned(as: UInt64.self)
    if length <= 8 {
      return length == 8 ? first : first & ((1 &<< UInt64(length &* 8)) &- 1)
    }
    let last = (raw + (length &- 8)).loadUnaligned(as: UInt64.self)
    var hash = first ^ seed
    var at = 8
    while at &+ 8 < length {
      let word = (raw + at).loadUnaligned(as: UInt64.self)
      let mixed = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      hash = mixed.high ^ mixed.low
      at &+= 8
    }
    let mixed = (hash ^ (last << 32 | last >> 32)).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return mixed.high ^ mixed.low
  }

  private func insert(
    _ start: UnsafePointer<UInt8>, _ length: Int, _ key: UInt64, at index: Int
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
    slots[index] = Slot(key: key, length: UInt32(truncatingIfNeeded: length), code: code)
    if count &* 3 > mask &* 2 { rehash() }
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
    slots.initialize(repeating: Slot(key: 0, length: 0, code: 0), count: mask &+ 1)
    for slot in UnsafeBufferPointer(start: old, count: oldCount) where slot.code != 0 {
      var index = home(slot.key, Int(slot.length))
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
