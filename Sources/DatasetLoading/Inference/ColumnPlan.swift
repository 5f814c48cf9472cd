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
  /// The zone of times without an offset, where the header names one.
  var zone: TimeZoneRules?
  var kind = ValueKind.dictionary(isKey: false)
  /// How it is read together with a column of clock times, where there is one.
  var joined: ValueKind?
  /// Whether the order of day and month in its dates has nothing to speak for it yet.
  var isOrderOpen = false
  /// Whether nothing stood in the sample, so that all rows must be looked at first.
  var isUndecided = false
  /// Why it has its name and type.
  var remarks: [String] = []

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
