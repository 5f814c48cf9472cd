import CivilTime
import Diagnostics

/// What `with (…)` says about a file rather than about one of its columns.
struct LoadOptions: Sendable {
  /// How the text is encoded; found where nil.
  var encoding: TextEncoding?
  /// The bytes between fields; found where nil.
  var delimiter: [UInt8]?
  /// The character around fields; found where nil.
  var quote: UInt8?
  /// Whether a backslash stands before quotes that belong to the text; found where nil.
  var hasBackslashes: Bool?
  /// The sheet of a workbook.
  var sheet: String?
  /// The table of a database.
  var table: String?
  /// Whether numbers are written with a comma before their decimals; found where nil.
  var hasDecimalComma: Bool?
  /// The zone of times that carry no offset; the session's where nil.
  var zone: TimeZoneRules?
  /// Whether the day or the month comes first; found where nil.
  var dateOrder: DateOrder?
  /// Whether a value that does not fit stops the load; as the request says where nil.
  var isStrict: Bool?
  /// Whether the first record names the columns.
  var hasHeader = true
  /// Whether the user said so.
  var isHeaderAsked = false

  /// The names that are options; any other is a column.
  static let names = Set(LoadVocabulary.options.map(\.name))

  /// Tells options and columns apart.
  static func split(
    _ pairs: [(column: String, header: String)]
  ) throws(Diagnostic) -> (options: LoadOptions, mappings: [(column: String, header: String)]) {
    var options = LoadOptions()
    var mappings: [(column: String, header: String)] = []
    for pair in pairs {
      let name = pair.column.lowercased()
      if names.contains(name) {
        try options.set(name, pair.header)
      } else {
        mappings.append(pair)
      }
    }
    return (options, mappings)
  }

  private mutating func set(_ name: String, _ value: String) throws(Diagnostic) {
    switch name {
    case "encoding":
      guard let known = TextEncoding(named: value) else {
        throw LoadErrors.badOption(name, value, TextEncoding.names)
      }
      encoding = known
    case "delimiter": delimiter = try LoadOptions.delimiter(value)
    case "sheet": sheet = value
    case "table": table = value
    case "decimal":
      hasDecimalComma = try LoadOptions.choice(
        name, value, [",": true, "comma": true, ".": false, "point": false])
    case "timezone":
      do {
        zone = try TimeZoneRules(identifier: value)
      } catch {
        throw LoadErrors.badOption(name, value, ["'UTC'", "'Europe/Lisbon'", "'+02:00'"])
      }
    case "dates":
      dateOrder = try LoadOptions.choice(
        name, value,
        [
          "day-first": .dayFirst, "month-first": .monthFirst, "year-first": .yearFirst,
        ])
    case "strict": isStrict = try LoadOptions.choice(name, value, LoadOptions.answers)
    case "quote":
      quote = try LoadOptions.choice(
        name, value, ["\"": 0x22, "'": 0x27, "`": 0x60])
    case "escape":
      hasBackslashes = try LoadOptions.choice(
        name, value, ["\\": true, "backslash": true, "doubled": false])
    default:
      hasHeader = try LoadOptions.choice(name, value, LoadOptions.answers)
      isHeaderAsked = true
    }
  }

  private static let answers = [
    "yes": true, "true": true, "on": true, "no": false, "false": false, "off": false, "none": false,
  ]

  private static func choice<T>(
    _ name: String, _ value: String, _ choices: [String: T]
  ) throws(Diagnostic) -> T {
    if let choice = choices[value.lowercased()] { return choice }
    throw LoadErrors.badOption(name, value, choices.keys.sorted().map { "'\($0)'" })
  }

  private static func delimiter(_ value: String) throws(Diagnostic) -> [UInt8] {
    let words = [
      "tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ",
    ]
    let bytes = Array((words[value.lowercased()] ?? value).utf8)
    // Quotes and line ends cannot be told from those of the text itself.
    let forbidden: Set<UInt8> = [0, 0x0A, 0x0D, 0x22]
    guard !bytes.isEmpty, bytes.count <= 8, forbidden.isDisjoint(with: bytes)
    else {
      throw LoadErrors.badOption("delimiter", value, ["','", "';'", "'|'", "'tab'"])
    }
    return bytes
  }
}
