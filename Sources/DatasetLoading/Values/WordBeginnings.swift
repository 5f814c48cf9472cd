/// The bytes that some words begin with: most texts are told from all of the words by their first.
struct WordBeginnings {
  private var begins = [Bool](repeating: false, count: 0x80)

  /// The beginnings of words in lower case, which may stand in either.
  init(_ words: some Sequence<String>) {
    for word in words {
      guard let byte = word.utf8.first, byte < 0x80 else { continue }
      begins[Int(byte)] = true
      if byte >= 0x61 && byte <= 0x7A { begins[Int(byte & 0xDF)] = true }
    }
  }

  /// Whether a word may begin with a byte, as one beyond ASCII always may.
  func contains(_ byte: UInt8) -> Bool { byte >= 0x80 || begins[Int(byte)] }
}
