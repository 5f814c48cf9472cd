import CivilTime

/// A header as it is compared: without case, blanks, marks, decorations and what stands in
/// brackets behind it.
struct HeaderText {
  /// The forms under which it may be known, the closest first.
  let keys: [String]
  /// The seconds of one, where the header names a unit of time.
  let unit: Double?
  /// The zone that the header names, as in `Created at (Europe/Berlin)`.
  let zone: TimeZoneRules?
  /// Whether the help desk's users have added the column.
  let isCustom: Bool
  /// Whether the header says that the values are yes and no.
  let isFlag: Bool
  /// The header without decorations, for a name that can be typed.
  let title: String

  init(_ header: String) {
    let decorated = HeaderDecoration(header)
    isCustom = decorated.isCustom
    var isFlag = decorated.isFlag
    var title = decorated.text
    var words = HeaderText.words(title)
    var unit: Double?
    var zone: TimeZoneRules?
    if title.last == ")", let open = title.lastIndex(of: "(") {
      let inside = String(title[title.index(after: open)...].dropLast())
      let outside = String(title[..<open])
      let insideWords = HeaderText.words(inside)
      if !HeaderText.words(outside).isEmpty {
        words = HeaderText.words(outside)
        unit = insideWords.lazy.compactMap { TimeUnit.seconds(Array($0.utf8)) }.first
        zone = unit == nil ? HeaderText.zone(inside) : nil
        let asksYesNo = insideWords == ["y", "n"] || insideWords == ["yes", "no"]
        isFlag = isFlag || asksYesNo
        if zone != nil || asksYesNo { title = outside }
      }
    }
    let whole = words.joined()
    if unit == nil { unit = HeaderText.takeUnit(&words) }
    self.unit = unit
    self.zone = zone
    self.isFlag = isFlag
    self.title = title
    let bare = words.joined()
    keys = bare == whole ? [whole] : [whole, bare]
  }

  /// Takes the unit off `handle_minutes`, `First reply time in minutes` and
  /// `First reply time in minutes within business hours`; business hours are no unit.
  private static func takeUnit(_ words: inout [String]) -> Double? {
    if let marker = words.lastIndex(of: "in"), marker > 0, marker + 1 < words.count,
      let seconds = TimeUnit.seconds(Array(words[marker + 1].utf8))
    {
      words.removeSubrange(marker...(marker + 1))
      return seconds
    }
    guard words.count > 1, let last = words.last, last.count > 1, !single.contains(last),
      let seconds = TimeUnit.seconds(Array(last.utf8)),
      !["business", "office", "working", "calendar", "opening"].contains(words[words.count - 2])
    else { return nil }
    words.removeLast()
    return seconds
  }

  /// `created_hour` and `day_of_week` number hours and days, while `handle_hours` counts them.
  private static let single: Set<String> = ["second", "minute", "hour", "day", "week"]

  /// The zone with this name, as headers write it.
  private static func zone(_ text: String) -> TimeZoneRules? {
    let name = text.split(separator: " ").joined()
    guard name.contains("/") || name.hasPrefix("UTC") || name.hasPrefix("GMT") else { return nil }
    if name == "UTC" || name == "GMT" { return .utc }
    for prefix in ["UTC", "GMT"] where name.hasPrefix(prefix) {
      return try? TimeZoneRules(identifier: String(name.dropFirst(3)))
    }
    return try? TimeZoneRules(identifier: name)
  }

  /// The words of a header in lower case; a capital inside a word begins a new one.
  static func words(_ header: String) -> [String] {
    if header.utf8.allSatisfy({ $0 < 0x80 }) { return plainWords(header) }
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

  /// The same for ASCII, where a byte is a character: most headers and all names that they are
  /// held against.
  private static func plainWords(_ header: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    func end() {
      if word.isEmpty { return }
      words.append(String(decoding: word, as: UTF8.self))
      word.removeAll(keepingCapacity: true)
    }
    var wasLower = false
    for byte in header.utf8 {
      switch byte {
      case 0x41...0x5A:
        if wasLower { end() }
        wasLower = false
        word.append(byte | 0x20)
      case 0x61...0x7A, 0x30...0x39:
        wasLower = byte >= 0x61
        word.append(byte)
      default:
        wasLower = false
        end()
      }
    }
    end()
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

/// What help desks and survey tools put around the name of a column.
struct HeaderDecoration {
  private(set) var text: String
  private(set) var isCustom = false
  private(set) var isFlag = false

  private static let wrappers = ["custom field (", "campo personalizado (", "champ personnalisé ("]
  private static let prefixes = ["ticket field:", "customer field:", "[chart]"]
  private static let types = [
    "list", "flag", "txt", "dec", "int", "date", "multi", "text", "drop-down", "checkbox",
  ]

  init(_ header: String) {
    text = HeaderDecoration.withoutTags(header)
    var lower = text.lowercased()
    if let wrapper = HeaderDecoration.wrappers.first(where: { lower.hasPrefix($0) }),
      text.last == ")"
    {
      text = String(text.dropFirst(wrapper.count).dropLast())
      lower = text.lowercased()
      isCustom = true
    }
    if let prefix = HeaderDecoration.prefixes.first(where: { lower.hasPrefix($0) }) {
      text = String(text.dropFirst(prefix.count).drop { $0 == " " })
      // Jira's own charts stand among its custom fields.
      isCustom = prefix != "[chart]"
    }
    guard text.last == "]", let open = text.lastIndex(of: "["), open > text.startIndex else {
      return
    }
    let type = text[text.index(after: open)...].dropLast().lowercased()
    guard HeaderDecoration.types.contains(type) else { return }
    text = String(text[..<open])
    isCustom = true
    isFlag = type == "flag" || type == "checkbox"
  }

  /// The text without `<b>` and its like.
  private static func withoutTags(_ header: String) -> String {
    guard header.contains("<"), header.contains(">") else { return header }
    var text = ""
    var rest = header[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      text += rest[..<open]
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }
}
