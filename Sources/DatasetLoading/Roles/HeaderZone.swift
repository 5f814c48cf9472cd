import CivilTime

/// The zone that a header names, as in `Created at (Europe/Berlin)` or `Created [UTC+1]`.
struct HeaderZone {
  /// Its rules; nil where it is not known, or may be one of several.
  let rules: TimeZoneRules?
  /// What is doubtful about it.
  let doubt: Doubt?

  /// What there is to say about a zone of a header.
  enum Doubt: Sendable {
    /// The word may be a zone, but of several or of none that is known.
    case unknown(String)
    /// The word stands for an offset, whatever the season.
    case abbreviation(String)

    /// The doubt in words, with the zone that times are taken in.
    func note(_ zone: TimeZoneRules) -> String {
      switch self {
      case .unknown(let name):
        "\(SafeText.quoted(name)) in the header is no zone that is known; "
          + "times are taken as \(zone.identifier); with (timezone = '…') names another"
      case .abbreviation(let name):
        "\(SafeText.quoted(name)) in the header is taken as \(zone.identifier) all year round"
      }
    }
  }

  private init(_ rules: TimeZoneRules?, _ doubt: Doubt? = nil) {
    self.rules = rules
    self.doubt = doubt
  }

  /// The zone of a text in brackets; nil where it does not look like one.
  init?(_ text: String) {
    let name = text.split(separator: " ").joined()
    if let rules = HeaderZone.offset(name) {
      self.init(rules)
    } else if let rules = HeaderZone.common[text.lowercased()] {
      guard let rules = try? TimeZoneRules(identifier: rules) else { return nil }
      self.init(rules)
    } else if let zone = HeaderZone.abbreviation(text) {
      self = zone
    } else if name.contains("/"), name.first?.isUppercase == true {
      // `Created (Yes/No)` names no zone.
      let rules = try? TimeZoneRules(identifier: name)
      self.init(rules, rules == nil ? .unknown(text) : nil)
    } else if name.first == "+" || name.first == "-" || name.hasPrefix("UTC")
      || name.hasPrefix("GMT") || text.hasSuffix(" Time")
    {
      self.init(nil, .unknown(text))
    } else {
      return nil
    }
  }

  /// The zone of a capital or another place, `Berlin` or `New York`, that the database has; unknown
  /// where a text is such a name, but in no list.
  init?(place text: String) {
    guard let first = text.first, first.isUppercase, (3...40).contains(text.count),
      text.allSatisfy({ $0.isLetter || $0 == " " || $0 == "_" }),
      text.contains(where: \.isLowercase), !HeaderZone.noPlaces.contains(text.lowercased())
    else { return nil }
    let name = text.split(separator: " ").joined(separator: "_")
    let found = HeaderZone.regions.lazy.compactMap {
      try? TimeZoneRules(identifier: "\($0)/\(name)")
    }
    self.init(found.first, found.first == nil ? .unknown(text) : nil)
  }

  /// `EST` and its like: of words in capitals only, so that `created_est` is none.
  static func abbreviation(_ text: String) -> HeaderZone? {
    guard (2...5).contains(text.count), text.allSatisfy({ $0.isASCII && $0.isUppercase }) else {
      return nil
    }
    if let offset = abbreviations[text], let rules = try? TimeZoneRules(identifier: offset) {
      return HeaderZone(rules, .abbreviation(text))
    }
    if let zone = americanTimes[text], let rules = try? TimeZoneRules(identifier: zone) {
      return HeaderZone(rules)
    }
    return text.count > 2 && text.last == "T" ? HeaderZone(nil, .unknown(text)) : nil
  }

  /// `UTC`, `GMT+2`, `+05:30`, `UTC-3:30`.
  private static func offset(_ name: String) -> TimeZoneRules? {
    var rest = name[...]
    if rest.hasPrefix("UTC") || rest.hasPrefix("GMT") {
      rest = rest.dropFirst(3)
      if rest.isEmpty { return .utc }
    }
    guard let sign = rest.first, "+-−".contains(sign) else { return nil }
    rest = rest.dropFirst()
    // `+5:30` is written with one digit here alone.
    if rest.dropFirst().first == ":" { rest = "0" + rest }
    return try? TimeZoneRules(identifier: (sign == "+" ? "+" : "-") + rest)
  }

  /// What else stands in brackets behind the name of a time.
  private static let noPlaces: Set<String> = [
    "date", "time", "datetime", "date time", "timestamp", "day", "ticket", "case", "issue",
    "request", "conversation", "survey", "response", "system", "required", "optional",
  ]

  private static let regions = [
    "Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian",
  ]

  /// Names without a place that stand for one zone, summer time included.
  private static let common = [
    "pacific time": "America/Los_Angeles", "mountain time": "America/Denver",
    "central time": "America/Chicago", "eastern time": "America/New_York",
    "pacific time (us & canada)": "America/Los_Angeles",
    "mountain time (us & canada)": "America/Denver",
    "central time (us & canada)": "America/Chicago",
    "eastern time (us & canada)": "America/New_York",
  ]

  private static let americanTimes = [
    "PT": "America/Los_Angeles", "MT": "America/Denver", "CT": "America/Chicago",
    "ET": "America/New_York",
  ]

  /// Abbreviations that mean one offset wherever they are common; `IST`, `CST`, `BST` and others
  /// mean several.
  private static let abbreviations = [
    "EST": "-05:00", "EDT": "-04:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00",
    "PST": "-08:00", "PDT": "-07:00", "AKST": "-09:00", "AKDT": "-08:00", "HST": "-10:00",
    "WET": "+00:00", "WEST": "+01:00", "CET": "+01:00", "CEST": "+02:00", "MEZ": "+01:00",
    "MESZ": "+02:00", "EET": "+02:00", "EEST": "+03:00", "MSK": "+03:00", "JST": "+09:00",
    "KST": "+09:00", "SGT": "+08:00", "HKT": "+08:00", "AWST": "+08:00", "AEST": "+10:00",
    "AEDT": "+11:00", "NZST": "+12:00", "NZDT": "+13:00", "BRT": "-03:00", "ART": "-03:00",
  ]
}
