import CivilTime
import ColumnStore
import MetricCatalog
import QueryPlanning
import QuerySyntax
import Results

extension CandidateSource {
  // MARK: Measures

  /// The measures that can be computed, the user's own first.
  func measures() -> [Suggestion] {
    definitions(where: names.isMeasure)
      + ifBare(
        names.catalog.records.filter { names.isUsable($0) && isSplit($0) }.map {
          Suggestion($0.name, $0.title, alsoAs: $0.aliases)
        })
  }

  /// Whether the rows that a measure looks at have the keys of the query.
  private func isSplit(_ record: MeasureRecord) -> Bool {
    guard let dataset = names.model.index(of: record.dataset) else { return true }
    let near =
      names.model.parents(of: dataset).map(\.dataset)
      + names.model.children(of: dataset).map(\.dataset)
    return outline.keys.allSatisfy { key in
      let isColumn = { (place: Int) in
        names.model.datasets[place].schema.index(of: key) != nil
      }
      // Only of a column of other datasets is it known that it does not fit.
      return near.contains(where: isColumn)
        || !names.model.datasets.indices.contains(where: isColumn)
    }
  }

  func definitions(where isFitting: (DefinitionStatement) -> Bool) -> [Suggestion] {
    ifBare(
      state.definitionOrder.reversed().compactMap { state.definitions[$0] }.filter(isFitting)
        .map { definition in
          let formula = Printer.print(definition.expression)
          return Suggestion(
            TypedWord.spelling(ofName: definition.name.text),
            definition.description?.value ?? "defined as \(formula)")
        })
  }

  /// The definitions that have a value for each row of the datasets at hand.
  private func rowDefinitions() -> [Suggestion] {
    definitions { names.isRowValue($0, among: places, reached: reached) }
  }

  /// The measures that have a value for each row of a dataset at hand.
  private func rowMeasures() -> [Suggestion] {
    ifBare(
      names.catalog.records.filter { record in
        names.hasRowValue(record) && names.isUsable(record)
          && names.model.index(of: record.dataset).map(reached.contains) ?? false
      }.map { Suggestion($0.name, $0.title, alsoAs: $0.aliases) })
  }

  /// What an aggregate may look at, the likeliest first.
  func operands(of function: AggregateFunction) -> [Suggestion] {
    switch function {
    case .percent: rowValues(places)
    case .count, .distinct, .mode:
      columns(of: [.text, .boolean, .tags, .quantity, .duration, .time])
    case .minimum, .maximum: rowMeasures() + columns(of: [.duration, .quantity, .time])
    case .correlation: rowMeasures() + columns(of: [.quantity, .duration, .boolean])
    default: rowMeasures() + columns(of: [.duration, .quantity])
    }
  }

  /// The columns of numbers, each the average of itself where a measure is wanted.
  func quantities() -> [Suggestion] {
    columns(of: [.quantity, .duration], where: { !isKeyOfLink($0) })
  }

  /// The measures that are spans between two times of a row, which office hours are counted in.
  func spans() -> [Suggestion] {
    let spans = names.catalog.records.filter { record in
      names.isUsable(record)
        && record.formulas.contains { formula in
          guard case .aggregate(let aggregate) = formula.expression,
            case .call(let call)? = aggregate.arguments.first,
            call.function.text == "elapsed"
          else { return false }
          return names.hasRowValue(record)
        }
    }
    return ifBare(spans.map { Suggestion($0.name, $0.title, alsoAs: $0.aliases) })
      + columns(of: [.time])
  }

  // MARK: Columns

  /// Everything that a row has a value of, what people filter by most first.
  func rowValues(_ places: [ColumnPlace]) -> [Suggestion] {
    suggestions(places.filter { weight($0) <= Self.fewValues })
      + rowDefinitions() + buckets([.month, .week, .day]) + rowMeasures()
      + tag(places)
      + suggestions(places.filter { weight($0) > Self.fewValues && names.kind($0) != .tags })
      + buckets([.quarter, .year, .hour]) + parts() + ifTyped(ifBare(WordTables.functions))
  }

  /// What groups can be made of, what people split by most first.
  func keys(excluding used: [String]) -> [Suggestion] {
    let few = places.filter { weight($0) <= Self.fewValues }
    let all =
      suggestions(few.filter(isUsual)) + buckets([.month, .week, .quarter, .day, .year])
      + parts() + suggestions(few.filter { !isUsual($0) })
      + rowDefinitions() + tag(places)
      + suggestions(places.filter { weight($0) > Self.fewValues && names.kind($0) != .tags })
      + buckets([.hour])
    let written = Set(used.map(Schema.folded))
    return all.filter { !written.contains(Schema.folded($0.text)) }
  }

  func columns(
    of kinds: [Subject.Kind], where isWanted: (ColumnPlace) -> Bool = { _ in true }
  ) -> [Suggestion] {
    let fitting = places.filter { kinds.contains(names.kind($0)) && isWanted($0) }
    return suggestions(fitting)
      + definitions { definition in
        names.isRowValue(definition, among: places, reached: reached)
          && kinds.contains(
            names.subject(
              named: definition.name.text, isQuoted: false, in: outline, among: places,
              prefersMeasures: false
            ).kind)
      }
  }

  func allColumns() -> [Suggestion] { suggestions(names.columns(in: QueryOutline())) }

  private static var fewValues: Int { 2 }

  /// How seldom people split by a column: by its type and the number of its values.
  private func weight(_ place: ColumnPlace) -> Int {
    if isKeyOfLink(place) { return 5 }
    switch state.store.tables[place.dataset].columns.outline(place.column) {
    case .dictionary(let texts):
      let count = texts.dictionary.count
      return count <= 1 ? 3 : count <= 60 ? 0 : count <= 1000 ? 2 : 4
    case .tags: return 2
    case .number:
      switch names.info(place).type {
      case .boolean: return 1
      case .number, .percent, .duration: return 3
      default: return 4
      }
    case .text, .template: return 5
    }
  }

  private func isKeyOfLink(_ place: ColumnPlace) -> Bool {
    names.model.datasets.flatMap(\.links).contains {
      ColumnPlace(dataset: $0.child, column: $0.key) == place
        || ColumnPlace(dataset: $0.parent, column: $0.parentKey) == place
    }
  }

  /// Whether support teams report by a column.
  private func isUsual(_ place: ColumnPlace) -> Bool {
    Self.usualColumns.contains(names.info(place).name)
  }

  private static let usualColumns: Set<String> = [
    "channel", "priority", "team", "agent", "category", "product", "type", "plan", "segment",
  ]

  /// Columns with their type and dataset, those with few values first.
  private func suggestions(_ places: [ColumnPlace]) -> [Suggestion] {
    let weighted = places.map { (place: $0, weight: weight($0)) }
    return (0...5).flatMap { weight in
      let names = weighted.filter { $0.weight == weight }.map(\.place)
      return (names.filter(isUsual) + names.filter { !isUsual($0) }).compactMap(suggestion)
    }
  }

  private func suggestion(_ place: ColumnPlace) -> Suggestion? {
    let info = names.info(place)
    guard let spelling = word.spelling(ofName: info.name) else { return nil }
    let dataset = names.model.datasets[place.dataset].name
    // `surveys.score` is a name too, for those who write it.
    if word.content.contains(".") {
      return Suggestion("\(dataset).\(spelling)", "\(info.type.rawValue) in \(dataset)")
    }
    let isRenamed = Schema.folded(info.header) != Schema.folded(info.name)
    return Suggestion(
      spelling,
      "\(info.type.rawValue) in \(dataset)\(isRenamed ? ", headed \(info.header)" : "")",
      alsoAs: [info.name, info.header])
  }

  private func tag(_ places: [ColumnPlace]) -> [Suggestion] {
    guard let place = places.first(where: { names.kind($0) == .tags }) else { return [] }
    let dataset = names.model.datasets[place.dataset].name
    return ifBare([Suggestion("tag", "each tag of a row, in \(dataset)", alsoAs: ["tags"])])
  }

  private func buckets(_ grains: [TimeGrain]) -> [Suggestion] {
    guard let clock = names.clocks(in: outline).first else { return [] }
    let name = names.info(clock).name
    return ifBare(grains.map { Suggestion($0.rawValue, "the \($0.rawValue) of \(name)") })
  }

  private func parts() -> [Suggestion] {
    let isOfMoment = outline.namesAtHand.compactMap(names.catalog.record(named:))
      .contains(where: names.isOfMoment)
    // A moment lies in no weekday of its rows.
    guard !isOfMoment, let clock = names.clocks(in: outline).first else { return [] }
    let name = names.info(clock).name
    return ifBare(TimePart.allCases.map { Suggestion($0.rawValue, "\($0.range), of \(name)") })
  }

  // MARK: Shown columns

  /// The columns of the result, as far as they are written.
  func shown() -> [Suggestion] {
    shownMeasures() + shownKeys()
  }

  func shownKeys() -> [Suggestion] {
    ifBare(outline.keys.map { Suggestion($0, "a key of this query") })
  }

  func shownMeasures() -> [Suggestion] {
    ifBare(
      outline.items.filter { !$0.title.isEmpty }.map {
        Suggestion($0.title, names.catalog.record(named: $0.title)?.title ?? "shown by this query")
      })
  }
}
