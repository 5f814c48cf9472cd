import Testing

@testable import CivilTime

@Suite struct TimeBucketsTests {
  private func seconds(_ label: String) throws -> Int64 {
    try #require(TimeBuckets(grain: .minute).bucket(ofLabel: label)) * 60
  }

  @Test(arguments: [
    (TimeGrain.year, "2024"), (.quarter, "2024-Q1"), (.month, "2024-03"), (.week, "2024-W11"),
    (.day, "2024-03-15"), (.hour, "2024-03-15T10"), (.minute, "2024-03-15T10:30"),
  ])
  func labels(grain: TimeGrain, label: String) throws {
    let buckets = TimeBuckets(grain: grain)
    let bucket = buckets.bucket(ofUTC: try seconds("2024-03-15T10:30") + 59)
    #expect(buckets.label(bucket) == label)
    #expect(buckets.bucket(ofLabel: label) == bucket)
  }

  @Test func ordinals() throws {
    let instant = try seconds("2024-03-15T10:30")
    let expected: [(TimeGrain, Int64)] = [
      (.year, 2024), (.quarter, 2024 * 4), (.month, 2024 * 12 + 2), (.week, (19797 + 3) / 7),
      (.day, 19797), (.hour, 19797 * 24 + 10), (.minute, 19797 * 1440 + 630),
    ]
    for (grain, bucket) in expected {
      #expect(TimeBuckets(grain: grain).bucket(ofUTC: instant) == bucket)
    }
  }

  @Test(arguments: TimeGrain.allCases, WeekStart.allCases)
  func everyBucketIsItsOwnStartAndLabel(grain: TimeGrain, weekStart: WeekStart) throws {
    let names = ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "+05:45"]
    for name in names {
      let zone = try TimeZoneRules(identifier: name)
      let buckets = TimeBuckets(grain: grain, zone: zone, weekStart: weekStart)
      // Fine grains run over the days of 2024's clock changes, coarse ones over centuries.
      let spans: [(String, String)] =
        switch grain {
        case .minute:
          [("2024-03-30T20:00", "2024-03-31T04:00"), ("2024-10-27T00:00", "2024-10-27T04:00")]
        case .hour:
          [("2018-10-25T00:00", "2018-11-10T00:00"), ("2024-03-25T00:00", "2024-04-10T00:00")]
        case .day, .week: [("2017-01-01T00:00", "2030-01-01T00:00")]
        default: [("1600-01-01T00:00", "2600-01-01T00:00")]
        }
      for span in spans {
        let first = buckets.bucket(ofUTC: try seconds(span.0))
        let last = buckets.bucket(ofUTC: try seconds(span.1))
        #expect(first < last)
        for bucket in first...last {
          let start = buckets.start(of: bucket)
          let end = buckets.start(of: bucket + 1)
          #expect(buckets.bucket(ofLabel: buckets.label(bucket)) == bucket)
          if grain < .minute || name == "UTC" || name == "+05:45" {
            #expect(start <= end)
            if start < end {
              #expect(buckets.bucket(ofUTC: start) == bucket)
              #expect(buckets.bucket(ofUTC: end - 1) == bucket)
            }
          }
        }
      }
    }
  }

  static let lengthsOfSomeDays: [(String, String, Int64)] = [
    ("Europe/Berlin", "2024-03-31", 82_800),
    ("Europe/Berlin", "2024-10-27", 90_000),
    ("America/New_York", "2024-03-10", 82_800),
    ("America/New_York", "2024-11-03", 90_000),
    ("Australia/Lord_Howe", "2024-10-06", 84_600),
    ("Australia/Lord_Howe", "2024-04-07", 88_200),
    ("Asia/Kathmandu", "2024-03-31", 86_400),
    ("Pacific/Apia", "2011-12-30", 0),
    ("America/Sao_Paulo", "2018-11-04", 82_800),
  ]

  @Test(arguments: lengthsOfSomeDays)
  func lengthsOfDays(name: String, day: String, length: Int64) throws {
    let buckets = TimeBuckets(grain: .day, zone: try TimeZoneRules(identifier: name))
    let bucket = try #require(buckets.bucket(ofLabel: day))
    #expect(buckets.start(of: bucket + 1) - buckets.start(of: bucket) == length)
  }

  @Test func repeatedHourIsOneBucketAndSkippedOneIsEmpty() throws {
    let hours = TimeBuckets(grain: .hour, zone: try TimeZoneRules(identifier: "Europe/Berlin"))
    let repeated = try #require(hours.bucket(ofLabel: "2024-10-27T02"))
    #expect(hours.bucket(ofUTC: try seconds("2024-10-27T00:30")) == repeated)
    #expect(hours.bucket(ofUTC: try seconds("2024-10-27T01:30")) == repeated)
    #expect(hours.start(of: repeated + 1) - hours.start(of: repeated) == 7200)
    let skipped = try #require(hours.bucket(ofLabel: "2024-03-31T02"))
    #expect(hours.start(of: skipped) == hours.start(of: skipped + 1))
    let before = try seconds("2024-03-31T00:59")
    #expect(hours.bucket(ofUTC: before) == skipped - 1)
    #expect(hours.bucket(ofUTC: before + 60) == skipped + 1)
  }

  @Test func skippedMinutesEndWithTheGap() throws {
    let minutes = TimeBuckets(grain: .minute, zone: try TimeZoneRules(identifier: "Europe/Berlin"))
    let skipped = try #require(minutes.bucket(ofLabel: "2024-03-31T02:30"))
    #expect(minutes.start(of: skipped) == (try seconds("2024-03-31T01:00")))
  }

  @Test(arguments: [
    ("2023-12-31T12:00", "2023-W52", "2024-W01"), ("2024-01-01T12:00", "2024-W01", "2024-W01"),
    ("2024-12-29T12:00", "2024-W52", "2025-W01"), ("2021-01-03T12:00", "2020-W53", "2021-W01"),
    ("2021-01-02T12:00", "2020-W53", "2020-W53"),
  ])
  func weeks(instant: String, iso: String, fromSunday: String) throws {
    let monday = TimeBuckets(grain: .week)
    #expect(monday.label(monday.bucket(ofUTC: try seconds(instant))) == iso)
    let sunday = TimeBuckets(grain: .week, weekStart: .sunday)
    #expect(sunday.label(sunday.bucket(ofUTC: try seconds(instant))) == fromSunday)
  }

  @Test(arguments: TimeGrain.allCases)
  func textsThatAreNoLabelOfTheGrain(grain: TimeGrain) {
    let buckets = TimeBuckets(grain: grain)
    let labels = [
      "", "-", "24", "20245", "2024-", "2024-Q0", "2024-Q5", "2024-q1", "2024-13", "2024-3",
      "2024-W00", "2024-W53", "2024-02-30", "2024-03-15T", "2024-03-15T24", "2024-03-15T10:60",
      "2024-03-15T10:30:00", "２０２４", "2024 ", "+2024", "2024-03-15T10:3é",
    ]
    for label in labels { #expect(buckets.bucket(ofLabel: label) == nil, "\(label)") }
  }

  @Test func yearsBeforeZero() {
    let buckets = TimeBuckets(grain: .month)
    let bucket = buckets.bucket(ofDay: Int64(CivilCalendar.days(year: -44, month: 3, day: 15)))
    #expect(buckets.label(bucket) == "-0044-03")
    #expect(buckets.bucket(ofLabel: "-0044-03") == bucket)
  }

  @Test(arguments: TimeGrain.allCases)
  func extremesDoNotTrap(grain: TimeGrain) throws {
    let buckets = TimeBuckets(grain: grain, zone: try TimeZoneRules(identifier: "Europe/Berlin"))
    for value in [Int64.min, -1 << 62, 1 << 62, Int64.max] {
      _ = buckets.start(of: value)
      #expect(!buckets.label(value).isEmpty)
      #expect(!buckets.label(buckets.bucket(ofUTC: value)).isEmpty)
    }
  }

  @Test func grainsRunFromCoarseToFine() {
    #expect(TimeGrain.allCases == TimeGrain.allCases.sorted())
    #expect(TimeGrain.year < .quarter && TimeGrain.hour < .minute)
  }
}

@Suite struct CivilTextTests {
  @Test func instants() throws {
    #expect(CivilText.instant(1_710_496_800) == "2024-03-15T10:00:00Z")
    #expect(CivilText.instant(-1) == "1969-12-31T23:59:59Z")
    let berlin = try TimeZoneRules(identifier: "Europe/Berlin")
    #expect(CivilText.instant(1_710_496_800, zone: berlin) == "2024-03-15T11:00:00+01:00")
    #expect(CivilText.instant(-2_500_000_000, zone: berlin).hasSuffix("+00:53:28"))
    let newYork = try TimeZoneRules(identifier: "America/New_York")
    #expect(CivilText.instant(1_710_496_800, zone: newYork) == "2024-03-15T06:00:00-04:00")
  }

  @Test func dates() {
    #expect(CivilText.date(days: 19797) == "2024-03-15")
    #expect(CivilText.date(days: -719_528) == "0000-01-01")
  }
}
