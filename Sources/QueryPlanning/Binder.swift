import CivilTime
import ColumnStore
import Diagnostics
import MetricCatalog
import QuerySyntax

/// Everything that names can mean in a session.
public struct BindingContext: Sendable {
  /// The loaded datasets and their links.
  public var model: DataModel
  /// What is known of the loaded values.
  public var facts: any DatasetFacts
  /// The built-in measures.
  public var catalog: MeasureCatalog
  /// Definitions by folded name.
  public var definitions: [String: DefinitionStatement]
  /// Parameters by folded name, each a literal.
  public var parameters: [String: ExpressionNode]
  /// Goals by the folded name of their measure.
  public var goals: [String: GoalStatement]
  /// The session's settings.
  public var settings: PlanningSettings

  /// A context.
  public init(
    model: DataModel, facts: any DatasetFacts, catalog: MeasureCatalog,
    definitions: [String: DefinitionStatement], parameters: [String: ExpressionNode],
    goals: [String: GoalStatement], settings: PlanningSettings
  ) {
    self.model = model
    self.facts = facts
    self.catalog = catalog
    self.definitions = definitions
    self.parameters = parameters
    self.goals = goals
    self.settings = settings
  }
}

/// Resolves every name of a query: dataset, column, measure, type and unit.
///
/// A binder is made for one statement; it gathers warnings on the way and stops at the first
/// error.
public struct Binder {
  let context: BindingContext
  /// What is right but doubtful, such as a text that no row holds.
  public internal(set) var warnings: [Diagnostic] = []
  /// What words such as `last 8 weeks` behind `in` stand for, as a literal.
  public internal(set) var relativePeriod: String?
  /// The period that it is compared with, where that is counted from it.
  public internal(set) var comparedPeriod: String?
  /// Whether there are several periods in such words, so that no single one can be told.
  var hasRelativePeriods = false
  /// The definitions being expanded, to find cycles.
  var expanding: [String] = []
  /// Whether names are looked up in a dataset itself only, not in those above it.
  var ownNamesOnly = false
  /// Moves the period that the query is about, while its baseline is bound.
  var periodShift: PeriodShift?
  /// The last day on which there are rows, where a baseline is bound.
  var lastDay: Int64?
  /// Notes on choices, for the result.
  var notes: [String] = []
  /// The column behind `on`, which replaces every clock.
  var clockName: NameNode?

  /// A binder over a context.
  public init(_ context: BindingContext) { self.context = context }

  var model: DataModel { context.model }
  var settings: PlanningSettings { context.settings }
}

/// Where a row expression is looked at: a dataset, and the way to it from the rows that are
/// scanned.
struct Place {
  var steps: [LinkStep] = []
  var dataset: Int

  func path(_ column: Int) -> ColumnPath {
    ColumnPath(steps: steps, dataset: dataset, column: column)
  }
}
