import CivilTime
import ColumnStore
import QueryPlanning
import QuerySyntax

extension CandidateSource {
  func settings() -> [Suggestion] {
    Session.settingNames.map { Suggestion($0, Self.meaning(ofSetting: $0)) }
  }

  /// What a setting is for, in one line.
  static func meaning(ofSetting name: String) -> String {
    switch name {
    case "timezone": "the zone of buckets and periods: 'Europe/Berlin'"
    case "week_start": "the day that weeks begin on"
    case "today": "the day that relative periods count from"
    case "hours": "opening hours: mon-fri 09:00-17:00"
    case "holidays": "days without opening hours: (2024-12-25, …)"
    case "csat_scale": "the scale of ratings: 1..5"
    case "csat_good": "the lowest good rating"
    case "ces_scale": "the scale of effort scores: 1..7"
    case "intervals": "show 95% intervals: on or off"
    default: "a setting"
    }
  }

  func settingValues(_ name: String) -> [Suggestion] {
    switch name {
    case "timezone": zones()
    case "week_start":
      ifBare([
        Suggestion("monday", "weeks as in ISO 8601"), Suggestion("sunday", "weeks as in the US"),
      ])
    case "intervals":
      ifBare([Suggestion("on", "show intervals"), Suggestion("off", "show none")])
    case "hours": ifBare([Suggestion("mon-fri 09:00-17:00", "weekdays with opening hours")])
    case "holidays": ifBare([Suggestion("(", "a list of days")])
    case "csat_scale":
      ifBare([
        Suggestion("1..5", "one to five stars"), Suggestion("0..10", "zero to ten"),
        Suggestion("1..7", "one to seven"), Suggestion("0..1", "bad or good"),
      ])
    case "ces_scale":
      ifBare([Suggestion("1..7", "one to seven"), Suggestion("1..5", "one to five")])
    case "csat_good":
      ifBare([Suggestion("4", "of a scale up to 5"), Suggestion("9", "of a scale up to 10")])
    case "today": ifBare(periods(of: names.clocks(in: outline), grains: [.day]))
    default: []
    }
  }

  /// The zones; before a letter is typed, the regions.
  private func zones() -> [Suggestion] {
    if word.isEmpty {
      let open = word.quote == "\"" ? "\"" : "'"
      var regions: [String] = []
      for zone in Self.zoneNames {
        guard let slash = zone.firstIndex(of: "/") else { continue }
        let region = String(zone[...slash])
        if regions.last != region { regions.append(region) }
      }
      return ifBare([Suggestion("UTC", "no zone and no summer time")])
        + regions.map { Suggestion(open + $0, "time zones") }
    }
    return Self.zoneNames.map { zone in
      let place = zone.split(separator: "/").last.map(String.init) ?? zone
      return Suggestion(
        word.spelling(ofText: zone) { _ in false } ?? quoted(zone), "time zone",
        alsoAs: [place])
    }
  }

  /// Read once: the database does not change while the program runs.
  private static let zoneNames = TimeZoneRules.knownIdentifiers()
}
