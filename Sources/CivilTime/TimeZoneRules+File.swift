extension TimeZoneRules {
  // Past the table, a year of the same cycle is looked up: one cycle, with a year to spare at
  // either end for offsets that reach over new year.
  private static let yearsWritten = 402
  private static let earliestYear = 1900

  /// Makes one table of a file's own transitions and those that its rule adds after them.
  convenience init(identifier: String, file: TimeZoneFile) {
    var table = file.transitions
    var repeatsFrom = Int64.max
    var initialOffset = file.initialOffset
    if let rule = file.rule {
      if table.isEmpty { initialOffset = rule.standardOffset }
      if rule.daylight != nil {
        let last = table.last?.instant
        let firstYear = last.map(Self.year) ?? Self.earliestYear
        let lastYear = firstYear + Self.yearsWritten
        for year in firstYear...lastYear {
          table += rule.transitions(year: year).filter { $0.instant > last ?? .min }
        }
        repeatsFrom = Int64(CivilCalendar.days(year: lastYear, month: 1, day: 1)) * 86_400
      }
    }
    var instants: [Int64] = []
    var offsets = [initialOffset]
    for (instant, offset) in table {
      // Of two changes at one instant the later one stands.
      if instants.last == instant {
        instants.removeLast()
        offsets.removeLast()
      }
      guard offset != offsets.last else { continue }
      instants.append(instant)
      offsets.append(offset)
    }
    self.init(
      identifier: identifier, instants: instants, offsets: offsets,
      repeatsFrom: instants.isEmpty ? .max : repeatsFrom)
  }

  private static func year(_ instant: Int64) -> Int {
    let year = CivilCalendar.civil(days: Int(floorDivide(instant, 86_400))).year
    return min(max(year, earliestYear), 9999)
  }
}
