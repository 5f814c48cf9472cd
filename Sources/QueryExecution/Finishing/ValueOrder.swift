/// The order of values that may be missing: missing ones last, whichever way the others go.
enum ValueOrder {
  /// Whether a value comes before another; nil where neither does.
  static func precedes(_ left: Double?, _ right: Double?, isDescending: Bool) -> Bool? {
    switch (left, right) {
    case (nil, nil): nil
    case (nil, _): false
    case (_, nil): true
    case (let a?, let b?): a == b ? nil : isDescending ? a > b : a < b
    }
  }
}
