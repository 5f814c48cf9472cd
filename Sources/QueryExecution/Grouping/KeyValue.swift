/// One value of a grouping key, comparable across datasets.
enum KeyValue: Hashable, Sendable {
  case missing
  case text(String)
  /// A whole number, the ordinal of a period, or whole seconds.
  case integer(Int64)
  case number(Double)
  case boolean(Bool)
}
