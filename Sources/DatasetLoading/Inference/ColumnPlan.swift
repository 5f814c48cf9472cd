import CivilTime

/// A column of the file: what it is called and how it is read.
struct ColumnPlan: Sendable {
  /// Its place in the file.
  var index: Int
  var header: String
  /// Its name in the table.
  var name: String
  /// What is known of it by its name.
  var expectation: KnownColumn.Expectation?
  /// The seconds of one, where the header names a unit of time.
  var unit: Double?
  /// What clock times of two parts are, where the header says.
  var clock: HeaderText.Clock?
  /// The zone of times without an offset, where the header names one.
  var zone: TimeZoneRules?
  var kind = ValueKind.dictionary(isKey: false)
  /// How it is read together with a column of clock times, where there is one.
  var joined: ValueKind?
  /// What there is to say about the zone that the header seems to name.
  var zoneDoubt: HeaderZone.Doubt?
  /// Whether none of its own dates tells the order of day and month.
  var isOrderOpen = false
  /// What else tells it, as in "as another column shows".
  var orderReason: String?
  /// Whether nothing stood in the sample, so that all rows must be looked at first.
  var isUndecided = false
  /// Whether the words of its lists stand between blanks, as only Zendesk has it.
  var splitsAtBlanks = false
  /// Why it has its name and type.
  var remarks: [String] = []

  /// Why it has its name, its type and its order of day and month.
  var allRemarks: [String] {
    guard let order = kind.dateOrder, let orderReason else { return remarks }
    return remarks + ["the \(order.noun) first, \(orderReason)"]
  }

  /// Whether it counts the hours of a shift.
  var isOfShift: Bool {
    guard case .duration? = expectation else { return false }
    return name == "available" || name == "occupied"
  }

  /// The scale of ratings that the values or the header name.
  var scale: ClosedRange<Double>? {
    guard case .score? = expectation, kind.type == .number else { return nil }
    if case .rating(let outOf?) = kind { return RatingScale.of(outOf) }
    return RatingScale.named(in: header)
  }

  /// Whether a number would lose what the text says, as in ids.
  var isIdentifier: Bool {
    if case .identifier? = expectation { return true }
    if case .key? = expectation { return true }
    let words = HeaderText.words(header)
    if words.count == 1, ColumnPlan.ownerWords.contains(words[0]) { return true }
    return ColumnPlan.identifierWords.contains(words.last ?? "")
  }

  /// Headers that mean a name or number of somebody where they stand alone.
  private static let ownerWords: Set<String> = [
    "account", "user", "customer", "agent", "requester", "assignee", "ticket", "case",
  ]
  private static let identifierWords: Set<String> = [
    "id", "ids", "key", "code", "number", "no", "nr", "zip", "postcode", "phone", "uuid", "guid",
    "hash", "token", "ref", "reference", "sku", "version", "ip",
  ]
}
