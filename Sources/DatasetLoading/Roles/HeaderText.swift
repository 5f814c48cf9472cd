import CivilTime

/// A header as it is compared: without case, blanks, marks, decorations and what stands in
/// brackets behind it.
struct HeaderText {
  /// The header as it is written.
  let header: String
  /// The forms under which it may be known, the closest first.
  let keys: [String]
  /// The seconds of one, where the header names a unit of time.
  let unit: Double?
  /// What clock times of two parts are, where the header says, as in `Talk time (mm:ss)`.
  let clock: Clock?
  /// The zone that the header names, as in `Created at (Europe/Berlin)`.
  let zone: HeaderZone?
  /// What stands in round brackets at the end.
  let aside: String?
  /// Whether the help desk's users have added the column.
  let isCustom: Bool
  /// Whether the header says that the values are yes and no.
  let isFlag: Bool
  /// The header without decorations, for a name that can be typed.
  let title: String

  /// What the numbers of `5:30` are.
  enum Clock: Sendable { case hours, minutes }

  init(_ header: String) {
    self.header = header
    let decorated = HeaderDecoration(header)
    isCustom = decorated.isCustom
    var isFlag = decorated.isFlag
    var title = decorated.text
    var words = HeaderText.words(title)
    var unit: Double?
    var zone: HeaderZone?
    var clock: Clock?
    var aside: String?
    if let found = HeaderAside(title) {
      let insideWords = HeaderText.words(found.inside)
      clock = HeaderText.clock(insideWords)
      if clock == nil {
        unit =
          insideWords.lazy.compactMap { TimeUnit.abbreviatedSeconds(Array($0.utf8)) }.first
      }
      zone = unit == nil && clock == nil ? HeaderZone(found.inside) : nil
      // Nothing but an offset stands before the name of its place.
      let isOffset = zone?.rules?.isFixed == true && !found.behind.isEmpty
      if isOffset, let place = HeaderZone(place: found.behind), place.rules != nil { zone = place }
      let isAtEnd = found.behind.isEmpty || isOffset
      let isTold = unit != nil || zone != nil || clock != nil
      if isAtEnd, !found.isSquare || isTold {
        words = HeaderText.words(found.outside)
        aside = found.inside
        let asksYesNo = insideWords == ["y", "n"] || insideWords == ["yes", "no"]
        isFlag = isFlag || asksYesNo
        // `Size (PT)` may be anything, `Size (pt)` too.
        let isZone = zone?.rules != nil && zone?.doubt == nil && found.inside.count > 2
        if isZone || asksYesNo { title = found.outside }
      } else {
        (unit, zone, clock) = (nil, nil, nil)
      }
    }
    let whole = words.joined()
    if unit == nil, clock == nil { unit = HeaderText.takeUnit(&words) }
    if zone == nil { zone = HeaderText.takeZone(&words, title) }
    self.unit = unit
    self.clock = clock
    self.zone = zone
    self.aside = aside
    self.isFlag = isFlag
    self.title = title
    let bare = RatingScale.without(words).joined()
    var keys = [title == "#" ? title : whole]
    if bare != whole { keys.append(bare) }
    if let inner = HeaderText.inner(title) { keys.append(HeaderText.squashed(inner)) }
    self.keys = keys
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

  /// What stands within the objects of interfaces that hold a record's values: the `created` of
  /// `fields.created`.
  private static func inner(_ header: String) -> String? {
    let parts = header.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, holders.contains(parts[0].lowercased()) else { return nil }
    return String(parts[1])
  }

  /// Jira, Freshdesk, Intercom, HubSpot and what follows JSON:API.
  private static let holders: Set<String> = [
    "fields", "stats", "statistics", "properties", "attributes",
  ]

  /// `created_hour` and `day_of_week` number hours and days, while `handle_hours` counts them.
  private static let single: Set<String> = ["second", "minute", "hour", "day", "week"]

  /// Takes the zone off `created_utc`, `Created at UTC` and `Created EST`.
  private static func takeZone(_ words: inout [String], _ title: String) -> HeaderZone? {
    guard words.count > 1, let last = words.last else { return nil }
    var zone: HeaderZone?
    if last == "utc" || last == "gmt" {
      zone = HeaderZone("UTC")
    } else if title.contains(where: \.isLowercase), title.hasSuffix(last.uppercased()),
      let found = HeaderZone.abbreviation(last.uppercased()), found.rules != nil
    {
      zone = found
    }
    if zone != nil { words.removeLast() }
    return zone
  }

  /// What the words of `(mm:ss)`, `(h:mm)` or `(min:sec)` say about clock times of two parts.
  private static func clock(_ words: [String]) -> Clock? {
    guard words.count == 2 else { return nil }
    let isMinute = { (word: String) in ["m", "mm", "min", "mins", "minutes"].contains(word) }
    if isMinute(words[0]), ["s", "ss", "sec", "secs", "seconds"].contains(words[1]) {
      return .minutes
    }
    return ["h", "hh", "hr", "hrs", "hours"].contains(words[0]) && isMinute(words[1]) ? .hours : nil
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
  static func squashed(_ header: String) -> String { header == "#" ? "#" : words(header).joined() }

  /// The forms of a known column's own name, still to be squashed: `first_response`,
  /// `first_responseat`, ….
  static func variants(of column: KnownColumn) -> [String] {
    let name = column.name
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
