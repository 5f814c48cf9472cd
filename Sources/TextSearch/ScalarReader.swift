/// Reads a text scalar by scalar, from either end.
///
/// Texts come from loaders that let only valid UTF-8 in; should a byte not be UTF-8, it is read as
/// the replacement character and nothing is read outside the text.
struct ScalarReader {
  private let text: UnsafeBufferPointer<UInt8>
  /// The scalars from here on are ahead, those before it behind.
  var position: Int

  private static let replacement: UInt32 = 0xFFFD

  @inline(__always)
  init(_ text: UnsafeBufferPointer<UInt8>, position: Int = 0) {
    self.text = text
    self.position = position
  }

  /// The scalar ahead, and a step over it; nil at the end.
  @inline(__always)
  mutating func next() -> UInt32? {
    guard position < text.count else { return nil }
    let lead = text[position]
    if lead >= 0x80 { return nextBeyondASCII(lead) }
    position &+= 1
    return UInt32(lead)
  }

  /// The scalar behind, and a step back over it; nil at the start.
  @inline(__always)
  mutating func previous() -> UInt32? {
    guard position > 0 else { return nil }
    position &-= 1
    let last = text[position]
    return last >= 0x80 ? previousBeyondASCII() : UInt32(last)
  }

  private mutating func nextBeyondASCII(_ lead: UInt8) -> UInt32 {
    position &+= 1
    let following = lead < 0xC2 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : 0
    guard following > 0, position &+ following <= text.count else {
      return ScalarReader.replacement
    }
    var scalar = UInt32(lead) & (0x3F &>> UInt32(following))
    for offset in 0..<following {
      let byte = text[position &+ offset]
      guard byte & 0xC0 == 0x80 else { return ScalarReader.replacement }
      scalar = scalar &<< 6 | UInt32(byte & 0x3F)
    }
    position &+= following
    return scalar
  }

  private mutating func previousBeyondASCII() -> UInt32 {
    let end = position &+ 1
    while position > 0, end &- position < 4, text[position] & 0xC0 == 0x80 { position &-= 1 }
    var forward = ScalarReader(text, position: position)
    if let scalar = forward.next(), forward.position == end { return scalar }
    position = end &- 1
    return ScalarReader.replacement
  }
}
