/// Which header of a file stands for which known column.
enum KnownColumns {
  /// A header's column and, for a duration, the seconds of the unit in the header.
  struct Assignment: Sendable {
    var column: KnownColumn
    /// The seconds of one, where the header names a unit.
    var unit: Double?
  }

  /// The known columns of a role.
  static func columns(of role: DatasetRole) -> [KnownColumn] {
    switch role {
    case .tickets: tickets
    case .surveys: surveys
    case .customers: customers
    case .shifts: shifts
    }
  }

  /// The known column of each header that has one, by the header's index.
  ///
  /// A column's own name wins over an alias, an earlier alias over a later one, and an earlier
  /// header over a later one.
  static func assignments(headers: [String], role: DatasetRole) -> [Int: Assignment] {
    let texts = headers.map(HeaderText.init)
    var byKey: [String: [Int]] = [:]
    for (index, text) in texts.enumerated() {
      for key in text.keys { byKey[key, default: []].append(index) }
    }
    var result: [Int: Assignment] = [:]
    for column in columns(of: role) {
      let names = HeaderText.variants(of: column) + column.aliases.map(HeaderText.squashed)
      for name in names {
        // A state beside a city is a part of a country.
        if name == "state", places.contains(where: { byKey[$0] != nil }) { continue }
        let free = byKey[name]?.first { index in
          result[index] == nil && isPlausible(texts[index], column)
        }
        guard let index = free else { continue }
        result[index] = Assignment(column: column, unit: texts[index].unit)
        break
      }
      guard case .duration = column.expectation else { continue }
      // `handle_seconds` is the handle time, while `handle` alone might be anything.
      let short = HeaderText.squashed(column.name).dropLast(4)
      let index = byKey[String(short)]?.first { result[$0] == nil && texts[$0].unit != nil }
      let isTaken = result.values.contains { $0.column.name == column.name }
      if column.name.hasSuffix("time"), !isTaken, let index {
        result[index] = Assignment(column: column, unit: texts[index].unit)
      }
    }
    return result
  }

  private static let places = ["city", "zip", "zipcode", "postcode", "postalcode"]

  /// A header with a unit is a length of time, and no moment.
  private static func isPlausible(_ header: HeaderText, _ column: KnownColumn) -> Bool {
    guard header.unit != nil else { return true }
    if case .duration = column.expectation { return true }
    return false
  }
}

/// A header as it is compared: without case, blanks, marks and what stands in brackets.
struct HeaderText {
  /// The forms under which it may be known, the closest first.
  let keys: [String]
  /// The seconds of one, where the header names a unit of time.
  let unit: Double?

  init(_ header: String) {
    var words = HeaderText.words(header)
    var inBrackets: [String] = []
    if let open = header.lastIndex(of: "("), header.last == ")" {
      inBrackets = HeaderText.words(String(header[open...]))
      words = HeaderText.words(String(header[..<open]))
    }
    let whole = words.joined()
    var unit: Double?
    for word in inBrackets where unit == nil { unit = TimeUnit.seconds(Array(word.utf8)) }
    // `handle_minutes`, `First reply time in minutes`, `Speed of answer in seconds`.
    if unit == nil, words.count > 1, let last = words.last, last.count > 1,
      let seconds = TimeUnit.seconds(Array(last.utf8))
    {
      unit = seconds
      words.removeLast()
      if words.last == "in" { words.removeLast() }
    }
    self.unit = unit
    let bare = words.joined()
    keys = bare == whole ? [whole] : [whole, bare]
  }

  /// The words of a header in lower case; a capital inside a word begins a new one.
  static func words(_ header: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for character in header {
      if !(character.isLetter || character.isNumber) {
        if !word.isEmpty { words.append(word) }
        word = ""
        wasLower = false
        continue
      }
      if character.isUppercase, wasLower {
        words.append(word)
        word = ""
      }
      wasLower = character.isLowercase
      word += character.lowercased()
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// A header without case, blanks and marks.
  static func squashed(_ header: String) -> String { words(header).joined() }

  /// The forms of a known column's own name: `created`, `created_at`, `customer_id`, ….
  static func variants(of column: KnownColumn) -> [String] {
    let name = squashed(column.name)
    switch column.expectation {
    case .time, .date: return [name, name + "at", name + "time", name + "date", name + "on"]
    case .key: return [name, name + "name", name + "id"]
    case .duration: return name.hasSuffix("time") ? [name] : [name, name + "time"]
    case .boolean: return [name, "is" + name]
    default: return [name]
    }
  }

  /// A name that can be typed: lower case, and `_` for what is no letter and no digit.
  static func identifier(_ header: String) -> String {
    var name = ""
    for character in header.lowercased() {
      if character.isLetter || character.isNumber {
        name.append(character)
      } else if !name.isEmpty, name.last != "_" {
        name.append("_")
      }
    }
    while name.last == "_" { name.removeLast() }
    if let first = name.first, first.isNumber { name = "_" + name }
    return name
  }
}
