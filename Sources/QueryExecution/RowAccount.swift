import ColumnStore
import QueryPlanning

/// Accounts for every row of a query's datasets: how many are used, and why the others are not.
public enum RowAccount {
  /// What became of the rows of one dataset.
  public struct Scope: Sendable {
    /// The index of the dataset in the data model.
    public var dataset: Int
    /// How many rows there are.
    public var rowCount: Int
    /// The rows left out, by reason, in the order in which they are left out.
    public var leftOut: [(reason: String, count: Int)]
    /// The rows that pass all filters.
    public var passing: Int
    /// What became of the rows that pass, for each measure of this scope.
    public var measures: [Measure]
    /// The rows passing that find no row of a dataset they are linked to, by that dataset.
    public var unlinked: [(dataset: Int, count: Int)]
  }

  /// What became of the rows that pass all filters, for one measure.
  public struct Measure: Sendable {
    /// The measure's name.
    public var name: String
    /// The rows behind the value.
    public var used: Int
    /// The rows that do not meet the item's `if`.
    public var unmet: Int
    /// The rows whose rating lies off the scale.
    public var offScale: Int
    /// The rows that lack a value.
    public var lacking: Int
  }

  /// The account of a planned query.
  ///
  /// - Parameter offScale: the rows of the surveys whose rating is set aside.
  public static func run(
    _ plan: QueryPlan, offScale: [Int], store: DataStore, settings: PlanningSettings
  ) throws(ExecutionError) -> [Scope] {
    var scopes: [Scope] = []
    for bound in plan.query.scopes where bound.showsGroups {
      scopes.append(try account(bound, offScale, plan, store, settings))
    }
    return scopes
  }

  private static func account(
    _ bound: BoundScope, _ offScale: [Int], _ plan: QueryPlan, _ store: DataStore,
    _ settings: PlanningSettings
  ) throws(ExecutionError) -> Scope {
    let compiler = RowCompiler(store: store, dataset: bound.scope.dataset, settings: settings)
    var filter: RowCondition?
    var left = compiler.rowCount
    var result = Scope(
      dataset: bound.scope.dataset, rowCount: left, leftOut: [], passing: left, measures: [],
      unlinked: [])
    for part in bound.filterParts {
      filter = .both(filter, part.condition)
      let passing = try compiler.bitmap(filter ?? .always(true)).oneCount
      if passing < left { result.leftOut.append((part.reason, left - passing)) }
      left = passing
    }
    result.passing = left
    let isRated = store.model.datasets[bound.scope.dataset].role == "surveys"
    for measure in plan.measures {
      guard let rows = countedRows(measure, scope: bound.scope) else { continue }
      let own = RowCondition.both(filter, measure.measure.conditions[bound.scope])
      let met = try compiler.bitmap(own ?? .always(true))
      let used = try compiler.bitmap(.both(own, rows) ?? .always(true))
      let setAside = isRated ? offScale.count { met[$0] && !used[$0] } : 0
      result.measures.append(
        Measure(
          name: measure.measure.name, used: used.oneCount, unmet: left - met.oneCount,
          offScale: setAside, lacking: met.oneCount - used.oneCount - setAside))
    }
    for step in store.model.datasets[bound.scope.dataset].links {
      let link = store.link(step)
      let passing = try compiler.bitmap(filter ?? .always(true))
      let count = (0..<link.count).reduce(0) { $0 + (passing[$1] && link.rows[$1] < 0 ? 1 : 0) }
      if count > 0 { result.unlinked.append((step.parent, count)) }
    }
    return result
  }

  /// The condition on the rows behind a measure of a scope; nil where it is of another scope.
  private static func countedRows(
    _ planned: PlannedMeasure, scope: QueryPlanning.Scope
  ) -> RowCondition? {
    let formula = planned.measure.sample ?? planned.measure.expression
    var found: RowCondition?
    formula.forEachPrimitive { scoped in
      guard found == nil, scoped.scope == scope else { return }
      var condition = scoped.primitive.filter
      // What has no end yet is there as well.
      var isSnapshot = false
      if case .snapshot = scoped.primitive.function { isSnapshot = true }
      for operand in scoped.primitive.operands.prefix(isSnapshot ? 1 : .max) {
        condition = .both(condition, .not(.isMissing(operand.expression)))
      }
      found = condition ?? .always(true)
    }
    return found
  }
}
