import CivilTime
import ColumnStore
import QueryPlanning
import QuerySyntax

extension CandidateSource {
  /// What a value can be compared with.
  func values(of subject: Subject, excluding listed: [String]) -> [Suggestion] {
    let written = Set(listed.map { $0.lowercased() })
    let found = values(of: subject).filter {
      !written.contains(TypedWord.content(of: $0.text).lowercased())
    }
    return found + ifTyped(sameKind(as: subject))
  }

  private func values(of subject: Subject) -> [Suggestion] {
    switch subject {
    case .column(let place, .text), .column(let place, .tags): texts(of: place)
    case .column(let place, .time):
      ifBare(WordTables.relativePeriods + periods(of: [place], grains: nil))
    case .bucket(let grain, let place):
      ifBare(
        periods(of: place.map { [$0] } ?? names.clocks(in: outline), grains: [grain])
          + WordTables.relativePeriods.filter { $0.text.hasSuffix(" \(grain.rawValue)") })
    case .part(.weekday): ifBare(WordTables.weekdays)
    case .part(.hourOfDay): ifBare((0...23).map { Suggestion(String($0), "hour of the day") })
    case .part(.monthOfYear): ifBare((1...12).map { Suggestion(String($0), "month of the year") })
    case .column(let place, .boolean): ifBare(booleans(of: place))
    case .computed(.boolean):
      ifBare([Suggestion("true", "it holds"), Suggestion("false", "it does not hold")])
    case .column(_, .duration), .computed(.duration): ifBare(WordTables.durations)
    case .computed(.time):
      ifBare(WordTables.relativePeriods + periods(of: names.clocks(in: outline), grains: nil))
    case .column(let place, .quantity): ifBare(numbers(of: place))
    case .column, .computed: []
    }
  }

  private func booleans(of place: ColumnPlace) -> [Suggestion] {
    let counts = state.facts.numberCounts(dataset: place.dataset, column: place.column)
    return [("true", 1), ("false", 0)].map { text, number in
      Suggestion(text, rows(counts[number] ?? 0))
    }
  }

  /// The whole numbers of a column with how many rows hold each, where they lie close.
  private func numbers(of place: ColumnPlace) -> [Suggestion] {
    guard
      case .number(let numbers) = state.store.tables[place.dataset].columns.outline(place.column),
      numbers.width != .float64, numbers.scale == 0, numbers.minimum < numbers.maximum,
      numbers.maximum.subtractingReportingOverflow(numbers.minimum).partialValue < Self.fewNumbers
    else { return [] }
    let counts = state.facts.numberCounts(dataset: place.dataset, column: place.column)
    return (numbers.minimum...numbers.maximum).compactMap { number in
      counts[Double(number)].map { Suggestion(String(number), rows($0)) }
    }
  }

  private static var fewNumbers: Int64 { 20 }

  /// The values of a text column with how many rows hold each, most frequent first.
  private func texts(of place: ColumnPlace) -> [Suggestion] {
    let taken = Set(state.definitions.keys)
      .union(places.flatMap { [names.info($0).name, names.info($0).header] }.map(Schema.folded))
    let counted = state.facts.counted(dataset: place.dataset, column: place.column)
    let found =
      counted.isEmpty
      ? state.facts.texts(
        dataset: place.dataset, column: place.column, beginning: word.content,
        limit: Self.largeValueLimit) : counted
    return found.lazy
      .filter { word.begins($0.text) }
      .compactMap { value in
        // A bare word would mean a column or definition of that name, not its own text.
        word.spelling(ofText: value.text, isName: { taken.contains(Schema.folded($0)) }).map {
          Suggestion($0, rows(value.count), alsoAs: [value.text])
        }
      }
      .prefix(Self.valueLimit).map { $0 }
  }

  private func rows(_ count: Int) -> String {
    "\(LoadSummary.grouped(count)) row\(count == 1 ? "" : "s")"
  }

  /// One more than are offered, which tells that there are others.
  private static var valueLimit: Int { 201 }
  /// Some of them may be listed already, or be no text that a line can hold.
  private static var largeValueLimit: Int { 1_000 }

  /// Other values of the row that can stand on the right.
  private func sameKind(as subject: Subject) -> [Suggestion] {
    [.time, .duration, .quantity].contains(subject.kind) ? columns(of: [subject.kind]) : []
  }

  // MARK: Periods

  /// The periods between the first and last instant of some time columns, newest first.
  ///
  /// - Parameter grains: the sizes that fit; nil: those that the typed beginning leaves open.
  func periods(of clocks: [ColumnPlace], grains: [TimeGrain]?) -> [Suggestion] {
    (grains ?? grainsLeftOpen).flatMap { grain in
      labels(of: clocks, grain).map { Suggestion($0, grain.rawValue) }
    }
  }

  /// Years to months at first; weeks and days once enough is typed to mean them.
  private var grainsLeftOpen: [TimeGrain] {
    let typed = word.content.uppercased()
    if typed.contains("T") { return [.hour] }
    if typed.contains("W") { return [.week] }
    if typed.utf8.count > "2024-03".utf8.count { return [.day] }
    return word.isEmpty ? [.month, .quarter, .year] : [.year, .month, .quarter]
  }

  /// Those of some periods that do not end before another starts.
  func spanEnds(_ periods: [Suggestion], from start: String) -> [Suggestion] {
    guard let from = span(of: start)?.lowerBound else { return periods }
    return periods.filter { period in span(of: period.text).map { $0.upperBound > from } ?? true }
  }

  /// The local seconds of a period; nil for words such as `last month`.
  private func span(of label: String) -> Range<Int64>? {
    for grain in TimeGrain.allCases {
      let buckets = TimeBuckets(grain: grain, weekStart: state.settings.weekStart)
      if let bucket = buckets.bucket(ofLabel: label.uppercased()) {
        return buckets.localStart(of: bucket)..<buckets.localStart(of: bucket + 1)
      }
    }
    return nil
  }

  private func labels(of clocks: [ColumnPlace], _ grain: TimeGrain) -> [String] {
    var first = Int64.max
    var last = Int64.min
    var buckets = state.settings.buckets(grain)
    for place in clocks {
      guard let range = state.facts.timeRange(dataset: place.dataset, column: place.column) else {
        continue
      }
      // Dates have no zone: their midnight is the same everywhere.
      if names.info(place).type == .date {
        buckets = TimeBuckets(grain: grain, weekStart: state.settings.weekStart)
      }
      first = min(first, buckets.bucket(ofUTC: range.lowerBound))
      last = max(last, buckets.bucket(ofUTC: range.upperBound))
    }
    guard first <= last else { return [] }
    var labels: [String] = []
    var bucket = last
    // A column of bad dates may span ten thousand years.
    for _ in 0..<Self.periodsLookedAt where bucket >= first && labels.count < Self.valueLimit {
      let label = buckets.label(bucket)
      if word.begins(label) { labels.append(label) }
      bucket -= 1
    }
    return labels
  }

  private static var periodsLookedAt: Int { 20_000 }
}
