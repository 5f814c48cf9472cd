/// What a header says in brackets behind a column's name, as in `Handle time (min)`.
struct HeaderAside {
  let outside: String
  let inside: String
  /// What stands behind the brackets, as in `Created (UTC+01:00) Amsterdam`.
  let behind: String
  /// Whether the brackets are square.
  let isSquare: Bool

  init?(_ title: String) {
    let characters = Array(title)
    guard let end = characters.lastIndex(where: { $0 == ")" || $0 == "]" }) else { return nil }
    let isSquare = characters[end] == "]"
    var depth = 0
    var start: Int?
    for index in stride(from: end, through: 0, by: -1) where start == nil {
      if characters[index] == (isSquare ? "]" : ")") { depth += 1 }
      if characters[index] == (isSquare ? "[" : "(") { depth -= 1 }
      if depth == 0 { start = index }
    }
    guard let start else { return nil }
    outside = String(characters[..<start])
    inside = String(characters[(start + 1)..<end])
    behind = String(characters[(end + 1)...].drop { $0 == " " })
    self.isSquare = isSquare
    if HeaderText.words(outside).isEmpty { return nil }
  }
}
