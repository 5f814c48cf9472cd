import Diagnostics
import QuerySyntax
import Results

/// The built-in measures, read from their file in the language.
public struct MeasureCatalog: Sendable {
  /// All measures in the order of the file.
  public let records: [MeasureRecord]
  private let indexes: [String: Int]

  /// The catalog that ships with the library.
  public static func builtIn() throws(Diagnostic) -> MeasureCatalog {
    try MeasureCatalog(source)
  }

  /// The file of the built-in measures.
  public static var source: SourceText {
    SourceText(name: "Measures.deskql", bytes: PackageResources.Measures_deskql)
  }

  /// A catalog from a text of `measure` statements.
  public init(_ text: SourceText) throws(Diagnostic) {
    let script = Parser.parseCatalog(text)
    if let first = script.diagnostics.first { throw first }
    var records: [MeasureRecord] = []
    var indexes: [String: Int] = [:]
    for statement in script.statements {
      guard case .measure(let measure) = statement.kind else { continue }
      let record = try MeasureRecord(measure)
      for name in [record.name] + record.aliases {
        guard indexes.updateValue(records.count, forKey: name.lowercased()) == nil else {
          throw Diagnostic(
            "doubled-measure", "the measure name '\(name)' is given twice", at: statement.range)
        }
      }
      records.append(record)
    }
    self.records = records
    self.indexes = indexes
  }

  /// A catalog without measures.
  public static let empty = MeasureCatalog()

  private init() {
    records = []
    indexes = [:]
  }

  /// The measure with this name or alias, without regard to case.
  public func record(named name: String) -> MeasureRecord? {
    indexes[name.lowercased()].map { records[$0] }
  }

  /// All names and aliases.
  public var names: [String] { records.flatMap { [$0.name] + $0.aliases } }
}

extension MeasureRecord {
  /// The record that a catalog statement describes.
  init(_ statement: MeasureStatement) throws(Diagnostic) {
    self.init(
      name: statement.name.text, aliases: [], title: "", dataset: "", kind: nil,
      formulas: statement.formulas, unit: .number, better: .none, figure: "", benchmarks: [],
      source: "")
    for attribute in statement.attributes {
      let words = attribute.values.map(Self.word)
      let word = words.first ?? ""
      switch attribute.name.text {
      case "from": dataset = word
      case "kind": kind = word
      case "alias": aliases = words
      case "title": title = word
      case "figure": figure = word
      case "source": source = word
      case "unit": unit = ValueUnit(rawValue: word) ?? .number
      case "better": better = Direction(rawValue: word) ?? .none
      case "target":
        if case .number(let number)? = attribute.values.first { target = number.value }
      case "benchmark": benchmarks = Self.benchmarks(attribute.values)
      default:
        throw Diagnostic(
          "unknown-attribute", "a measure has no attribute '\(attribute.name.text)'",
          at: attribute.name.range)
      }
    }
  }

  private static func word(_ value: ExpressionNode) -> String {
    switch value {
    case .name(let node): node.text
    case .text(let node): node.value
    // The unit `count` reads as the aggregate of that name.
    case .aggregate: Printer.print(value)
    default: ""
    }
  }

  private static func benchmarks(_ values: [ExpressionNode]) -> [(industry: String, value: Double)]
  {
    stride(from: 0, to: values.count - 1, by: 2).compactMap { index in
      guard case .text(let industry) = values[index], case .number(let figure) = values[index + 1]
      else { return nil }
      return (industry.value, figure.value)
    }
  }
}
