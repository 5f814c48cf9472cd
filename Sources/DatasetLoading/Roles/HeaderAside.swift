/// What a header says in brackets behind a column's name, as in `Handle time (min)`.
struct HeaderAside {
  let outside: String
  let inside: String
  /// What stands behind the brackets, as in `Created (UTC+01:00) Amsterdam`.
  let behind: String
  /// Whether the brackets are square.
  let isSquare: Bool

  init?(_ title: String) {
    let bytes = title.utf8
    guard let end = bytes.lastIndex(where: { $0 == 0x29 || $0 == 0x5D }) else { return nil }
    let isSquare = bytes[end] == 0x5D
    var depth = 0
    let start = bytes[...end].lastIndex { byte in
      if byte == (isSquare ? 0x5D : 0x29) { depth += 1 }
      if byte == (isSquare ? 0x5B : 0x28) { depth -= 1 }
      return depth == 0
    }
    guard let start else { return nil }
    outside = String(title[..<start])
    inside = String(title[bytes.index(after: start)..<end])
    behind = String(title[bytes.index(after: end)...].drop { $0 == " " })
    self.isSquare = isSquare
    if HeaderText.words(outside).isEmpty { return nil }
  }
}
