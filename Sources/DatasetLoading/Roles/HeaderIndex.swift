/// The headers of a file, found by the forms under which they may be known.
struct HeaderIndex {
  let headers: [HeaderText]
  private var indices: [String: [Int]] = [:]
  /// The marks of all forms: hundreds of names are looked for, and hardly any is there.
  private var isMarked = [Bool](repeating: false, count: HeaderIndex.markCount)

  init(_ headers: [String]) {
    self.headers = headers.map(HeaderText.init)
    for (index, header) in self.headers.enumerated() {
      for key in header.keys {
        indices[key, default: []].append(index)
        if let mark = HeaderIndex.mark(key) { isMarked[mark] = true }
      }
    }
  }

  /// The headers that go by a name, however it is written.
  subscript(name: String) -> [Int] {
    if let mark = HeaderIndex.mark(name), !isMarked[mark] { return [] }
    return indices[HeaderText.squashed(name)] ?? []
  }

  // As many as 10 bits can tell apart.
  private static let markCount = 1 << 10

  /// A number that depends on nothing but the letters and digits of a name; nil for one that is not
  /// ASCII.
  private static func mark(_ name: String) -> Int? {
    name.utf8.withContiguousStorageIfAvailable { bytes in
      var hash: UInt32 = 0
      for byte in bytes {
        switch byte {
        case 0x80...: return nil
        case 0x30...0x39, 0x61...0x7A: hash = hash &* 31 &+ UInt32(byte)
        case 0x41...0x5A: hash = hash &* 31 &+ UInt32(byte | 0x20)
        default: break
        }
      }
      return Int((hash &* 0x9E37_79B9) &>> 22)
    } ?? nil
  }
}
