import CivilTime
import DatasetLoading
import MetricCatalog
import QueryPlanning
import QuerySyntax
import ResultFormatting
import Results

/// The language and its measures as data, for editors and other programs.
public enum LanguageReference {
  /// The members of the description: keywords, statements, clauses and the like with their
  /// meanings, settings, the productions of the grammar with their terminals and signs, the
  /// datasets with their known columns, and every built-in measure.
  public static func members() -> [(String, JSONValue)] {
    [
      ("keywords", .texts(Keyword.allCases.map(\.rawValue))),
      ("statements", list(WordTables.statements)),
      ("clauses", list(WordTables.clauses.map(\.suggestion))),
      ("options", list(WordTables.options.map(\.suggestion))),
      ("aggregates", list(WordTables.aggregates)),
      ("functions", list(WordTables.functions)),
      ("time_keys", .list(timeKeys)),
      ("charts", list(WordTables.charts)),
      ("show", list(WordTables.subjects)),
      ("settings", .list(Session.settings.map(setting))),
      ("load_options", .list(LoadVocabulary.options.map(loadOption))),
      (
        "grammar",
        .list(
          GrammarText.productions.map { production in
            .object([("name", .text(production.name)), ("body", .text(production.body))])
          })
      ),
      (
        "terminals",
        .list(
          GrammarText.terminals.map { terminal in
            .object([("name", .text(terminal.name)), ("meaning", .text(terminal.meaning))])
          })
      ),
      ("signs", .texts(Symbol.allCases.map(\.rawValue))),
      ("datasets", .list(LoadVocabulary.datasets.map(dataset))),
      ("measures", .list(((try? SharedCatalog.result.get())?.records ?? []).map(measure))),
    ]
  }

  /// What a time is split by, and the functions of the same names.
  private static var timeKeys: [JSONValue] {
    let buckets = TimeGrain.allCases.map { grain in
      (grain.rawValue, "the \(grain.rawValue) that a time lies in; also \(grain.rawValue)(TIME)")
    }
    let parts = TimePart.allCases.map { part in
      (part.rawValue, "\(part.range), of a time; also \(part.rawValue)(TIME)")
    }
    return (buckets + parts).map { word, meaning in
      .object([("word", .text(word)), ("meaning", .text(meaning))])
    }
  }

  private static func loadOption(_ option: (name: String, meaning: String)) -> JSONValue {
    .object([
      ("name", .text(option.name)), ("meaning", .text(option.meaning)),
      ("values", .texts(LoadVocabulary.values(of: option.name))),
    ])
  }

  private static func dataset(
    _ known: (name: String, columns: [(name: String, headers: [String])])
  ) -> JSONValue {
    .object([
      ("name", .text(known.name)),
      (
        "columns",
        .list(
          known.columns.map { column in
            .object([("name", .text(column.name)), ("headers", .texts(column.headers))])
          })
      ),
    ])
  }

  private static func list(_ suggestions: [Suggestion]) -> JSONValue {
    .list(
      suggestions.map { suggestion in
        let word =
          suggestion.text.last == "(" ? String(suggestion.text.dropLast()) : suggestion.text
        return .object([("word", .text(word)), ("meaning", .text(suggestion.meaning))])
      })
  }

  private static func setting(_ name: String) -> JSONValue {
    .object([
      ("name", .text(name)), ("meaning", .text(CandidateSource.meaning(ofSetting: name))),
      ("variable", .text("DESKQL_" + name.uppercased())),
    ])
  }

  private static func measure(_ record: MeasureRecord) -> JSONValue {
    let formulas = record.formulas.map { formula in
      let text = Printer.print(formula.expression)
      return formula.filter.map { "\(text) if \(Printer.print($0))" } ?? text
    }
    let benchmarks = record.benchmarks.map { benchmark in
      JSONValue.object([
        ("industry", .text(benchmark.industry)), ("value", .number(benchmark.value)),
      ])
    }
    return .object([
      ("name", .text(record.name)), ("aliases", .texts(record.aliases)),
      ("meaning", .text(record.title)), ("dataset", .text(record.dataset)),
      ("kind", .optional(record.kind)), ("formulas", .texts(formulas)),
      ("unit", .text(record.unit.rawValue)), ("better", .text(record.better.rawValue)),
      ("figure", .optional(record.figure.isEmpty ? nil : record.figure)),
      ("benchmarks", .list(benchmarks)),
      ("source", .optional(record.source.isEmpty ? nil : record.source)),
    ])
  }
}

extension TimePart {
  /// The values that there are.
  var range: String {
    switch self {
    case .weekday: "Monday to Sunday"
    case .hourOfDay: "0 to 23"
    case .monthOfYear: "1 to 12"
    }
  }
}
