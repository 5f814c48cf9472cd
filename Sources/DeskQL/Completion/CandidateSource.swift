import CivilTime
import ColumnStore
import DatasetLoading
import Glibc
import MetricCatalog
import QueryPlanning
import QuerySyntax

/// Turns what may come at a place into candidates, from the session's names and data.
struct CandidateSource {
  let names: NameResolver
  let outline: QueryOutline
  let word: TypedWord
  /// The columns that the statement can use at the cursor.
  let places: [ColumnPlace]
  /// The datasets whose measures have a row value at the cursor.
  let reached: Set<Int>

  init(names: NameResolver, outline: QueryOutline, word: TypedWord) {
    self.names = names
    self.outline = outline
    self.word = word
    places = names.columns(in: outline)
    reached = names.datasetsAbove(in: outline)
  }

  var state: SessionState { names.state }

  /// The candidates for some expectations, the likeliest first and none of them twice, and whether
  /// there are more.
  func candidates(
    for wanted: [Expectation]
  ) -> (found: [CompletionList.Candidate], hasMore: Bool) {
    let expected = state.store.tables.isEmpty ? beginning(wanted) : wanted
    var seen: Set<String> = []
    var found: [CompletionList.Candidate] = []
    for expectation in expected {
      for suggestion in word.matching(
        suggestions(for: expectation) + parameters(for: expectation.kindOfValues))
      where seen.insert(suggestion.text).inserted {
        if found.count == Self.limit { return (found, true) }
        found.append(.init(text: suggestion.text, meaning: suggestion.meaning))
      }
    }
    return (found, false)
  }

  private static let limit = 200

  /// Without data nothing can be asked: what loads it comes first, then the other statements, and
  /// measures only to see how a word goes on.
  private func beginning(_ expected: [Expectation]) -> [Expectation] {
    guard expected.contains(where: { if case .statements = $0 { true } else { false } }) else {
      return expected
    }
    return [.words(WordTables.statements.filter { $0.text == "load" }), .statements]
      + (word.isEmpty ? [] : expected)
  }

  /// What one expectation means here; quoted words stand for values and names only.
  private func suggestions(for expectation: Expectation) -> [Suggestion] {
    switch expectation {
    case .statements: ifBare(WordTables.statements)
    case .measures: measures() + ifBare(WordTables.aggregates) + ifTyped(quantities())
    case .operands(let function): operands(of: function)
    case .rowValues: rowValues(places)
    case .singleValues: rowValues(places.filter { reached.contains($0.dataset) })
    case .spans: spans()
    case .columns(let kinds): columns(of: kinds)
    case .keys: keys(excluding: outline.keys)
    case .shownKeys: shownKeys()
    case .groupValues: shown() + measures() + ifTyped(ifBare(WordTables.aggregates))
    case .rankingValues:
      shownMeasures() + keys(excluding: []) + measures() + ifTyped(ifBare(WordTables.aggregates))
    case .operators(let subject):
      ifBare(WordTables.operators(subject.kind, isOrdered: isOrdered(subject)))
    case .values(let subject, let listed): values(of: subject, excluding: listed)
    case .literals: ifBare(periods(of: names.clocks(in: outline), grains: nil))
    case .spanEnds(let start):
      ifBare(spanEnds(periods(of: names.clocks(in: outline), grains: nil), from: start))
    case .definable: measures() + rowValues(places) + ifBare(WordTables.aggregates)
    case .counts(let numbers): ifBare(numbers)
    case .periods:
      ifBare(WordTables.relativePeriods + periods(of: names.clocks(in: outline), grains: nil))
    case .baselines:
      ifBare(baselines() + periods(of: names.clocks(in: outline), grains: nil))
    case .industries: industries()
    case .clauses: ifBare(clauses())
    case .options:
      ifBare(
        WordTables.options.filter { !outline.options.contains($0.word) && isOpen($0.word) }
          .map(\.suggestion))
    case .words(let words): ifBare(words)
    case .datasets: datasets()
    case .describable: measures() + definitions { _ in true } + allColumns() + datasets()
    case .roles: ifBare(roles())
    case .settings: ifBare(settings())
    case .settingValues(let name): settingValues(name)
    case .files(let extensions): files(extensions)
    case .loadValues(let name):
      LoadVocabulary.values(of: name).map { Suggestion(quoted($0), "a value of \(name)") }
    }
  }

  /// Whether the texts of a column have an order that is not the alphabet's, such as priorities.
  private func isOrdered(_ subject: Subject) -> Bool {
    guard case .column(let place, .text) = subject,
      case .dictionary(let texts) = state.store.tables[place.dataset].columns[place.column]
    else { return false }
    return texts.dictionary.hasKnownOrder
  }

  func ifBare(_ suggestions: @autoclosure () -> [Suggestion]) -> [Suggestion] {
    word.quote == nil ? suggestions() : []
  }

  /// Suggestions that would be too many before a letter is typed.
  func ifTyped(_ suggestions: @autoclosure () -> [Suggestion]) -> [Suggestion] {
    word.isEmpty ? [] : suggestions()
  }

  /// Whether an option fits the measures that are asked for.
  private func isOpen(_ option: Keyword) -> Bool {
    switch option {
    case .share:
      outline.namesAtHand.contains { name in
        if let function = AggregateFunction.named(name) {
          return function == .sum || function == .count
        }
        return names.catalog.record(named: name).map(names.hasShares)
          ?? (state.definitions[Schema.folded(name)] != nil)
      }
    case .open:
      outline.namesAtHand.contains { name in
        switch AggregateFunction.named(name) {
        case .median, .quantile, .percentile: true
        default: false
        }
      }
    case .running, .rolling, .gaps:
      outline.keys.isEmpty
        || outline.keys.contains { key in
          TimeGrain(rawValue: Schema.folded(String(key.prefix { $0 != "(" }))) != nil
        }
    default: true
    }
  }

  /// What a query can be compared with; goals and published figures only where there are any.
  private func baselines() -> [Suggestion] {
    let asked = outline.namesAtHand.map(Schema.folded)
    let isOpen = [
      "goal": asked.contains { state.goals[$0] != nil },
      "benchmark": asked.compactMap(names.catalog.record(named:)).contains {
        !$0.benchmarks.isEmpty
      },
    ]
    return WordTables.baselines.filter { isOpen[$0.text] ?? true }
  }

  private func clauses() -> [Suggestion] {
    WordTables.clauses.filter { clause, _ in
      outline.allowedClauses.contains(clause)
        && !outline.clauses.contains(clause.canonicalClause)
    }.map(\.suggestion)
  }

  // MARK: Datasets and settings

  private func datasets() -> [Suggestion] {
    names.preferredDatasets.map { state.store.tables[$0] }.compactMap { table in
      word.spelling(ofName: table.name).map {
        Suggestion(
          $0, "\(LoadSummary.grouped(table.rowCount)) rows, \(table.columns.count) columns",
          alsoAs: [table.name])
      }
    }
  }

  private func roles() -> [Suggestion] {
    [
      Suggestion("tickets", "one row for each ticket"),
      Suggestion("surveys", "one row for each answer or invitation"),
      Suggestion("customers", "one row for each customer"),
      Suggestion("shifts", "one row for each agent and day"),
    ]
  }

  private func industries() -> [Suggestion] {
    var seen: Set<String> = []
    return outline.namesAtHand.compactMap(names.catalog.record(named:)).flatMap(\.benchmarks)
      .filter { seen.insert($0.industry).inserted }
      .map { Suggestion(quoted($0.industry), "published figure for this industry") }
  }

  /// Text in the quotes that are typed, or in single ones.
  func quoted(_ text: String) -> String {
    TypedWord.quoted(text, with: word.quote == "\"" ? "\"" : "'")
  }

  /// The parameters that hold a value of some kind; of any kind, but only once `$` is typed, where
  /// that is not known.
  private func parameters(for kind: Subject.Kind?) -> [Suggestion] {
    guard let kind, kind != .unknown || word.content.hasPrefix("$") else { return [] }
    return ifBare(
      state.parameters.sorted { $0.key < $1.key }
        .filter { kind == .unknown || Self.fits($0.value, kind) }
        .map { Suggestion("$" + $0.key, "parameter: \(Printer.print($0.value))") })
  }

  private static func fits(_ literal: ExpressionNode, _ kind: Subject.Kind) -> Bool {
    switch literal {
    case .period: kind == .time || kind == .bucket
    case .duration: kind == .duration
    case .number, .percent, .negation: kind == .quantity
    case .name, .text: [.text, .tags, .weekday].contains(kind)
    default: false
    }
  }
}
