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

  /// Whether a number would lose what the text says, as in ids.
  var isIdentifier: Bool {
    if case .identifier? = expectation { return true }
    if case .key? = expectation { return true }
    let last = HeaderText.words(header).last ?? ""
    return ColumnPlan.identifierWords.contains(last)
  }

  private static let identifierWords: Set<String> = [
    "id", "ids", "key", "code", "number", "no", "nr", "zip", "postcode", "phone", "uuid", "guid",
    "hash", "token", "ref", "reference", "sku", "version", "ip",
  ]
}
