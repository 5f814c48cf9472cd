import CivilTime
import QuerySyntax

/// Plans in words, for `explain`.
public struct PlanPrinter {
  private let model: DataModel
  private let settings: PlanningSettings

  /// A printer of plans over a data model.
  public init(model: DataModel, settings: PlanningSettings) {
    self.model = model
    self.settings = settings
  }

  /// The plan of a query: a paragraph per dataset, then what is done with the groups.
  public func print(_ plan: QueryPlan) -> String {
    var lines = [plan.query.title]
    for task in plan.tasks {
      lines.append("scan \(model.datasets[task.scope.dataset].name)")
      if let filter = task.filter { lines.append("  where \(text(filter))") }
      for (key, row) in zip(plan.query.keys, task.keys) {
        lines.append("  group by \(key.name): \(text(row.expression))")
      }
      for primitive in task.primitives { lines.append("  compute \(text(primitive))") }
    }
    if plan.tasks.count > 1 { lines.append("line up the groups of all scans on their keys") }
    if let axis = plan.query.axis { lines.append("fill the \(axis.grain.rawValue)s without rows") }
    if plan.having != nil { lines.append("keep the groups that meet having") }
    if let ranking = plan.query.ranking {
      lines.append("keep the \(ranking.isBottom ? "bottom" : "top") \(ranking.count)")
    }
    if !plan.order.isEmpty { lines.append("sort") }
    if let limit = plan.query.limit { lines.append("keep \(limit) rows") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The plan of a list.
  public func print(_ list: BoundList) -> String {
    var lines = [list.title, "scan \(model.datasets[list.dataset].name)"]
    if let filter = list.filter { lines.append("  where \(text(filter))") }
    if let ranking = list.ranking {
      lines.append("  keep the \(ranking.isBottom ? "bottom" : "top") \(ranking.count) rows")
    }
    if !list.order.isEmpty { lines.append("  sort") }
    if let limit = list.limit { lines.append("  keep \(limit) rows") }
    lines.append("  show \(list.columns.map(\.name).joined(separator: ", "))")
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(_ primitive: Primitive) -> String {
    let operands = primitive.operands.map { text($0.expression) }.joined(separator: ", ")
    let name: String =
      switch primitive.function {
      case .rows: "count"
      case .known: "count"
      case .sum: "sum"
      case .moments: "moments"
      case .minimum: "min"
      case .maximum: "max"
      case .quantile(let fraction): "quantile \(fraction)"
      case .distinct: "distinct"
      case .mode: "mode"
      case .correlation: "corr"
      case .survivalQuantile(let fraction): "survival quantile \(fraction)"
      case .snapshot(let function): function.rawValue
      }
    let call = operands.isEmpty ? name : "\(name)(\(operands))"
    return primitive.filter.map { "\(call) if \(text($0))" } ?? call
  }

  private func text(_ path: ColumnPath) -> String {
    let column = model.datasets[path.dataset].schema.columns[path.column].name
    return path.steps.isEmpty ? column : "\(model.datasets[path.dataset].name).\(column)"
  }

  private func text(_ row: RowExpression) -> String {
    switch row {
    case .column(let path): return text(path)
    case .integer(let value, let scale):
      return scale == 0 ? String(value) : "\(value)e-\(scale)"
    case .number(let value): return String(value)
    case .text(let value): return "'\(value)'"
    case .missing: return "missing"
    case .arithmetic(let operation, let left, let right):
      return "(\(text(left)) \(operation.rawValue) \(text(right)))"
    case .elapsed(let from, let to): return "(\(text(to)) - \(text(from)))"
    case .businessElapsed(let from, let to): return "business(\(text(to)) - \(text(from)))"
    case .negated(let operand): return "-\(text(operand))"
    case .absolute(let operand): return "abs(\(text(operand)))"
    case .rounded(let operand, let digits): return "round(\(text(operand)), \(digits))"
    case .bucket(let grain, let operand, _): return "\(grain.rawValue)(\(text(operand)))"
    case .part(let part, let operand, _): return "\(part.rawValue)(\(text(operand)))"
    case .choose(let test, let first, let second):
      return "if(\(text(test)), \(text(first)), \(text(second)))"
    case .coalesce(let operands):
      return "coalesce(\(operands.map(text).joined(separator: ", ")))"
    case .lowercased(let operand): return "lower(\(text(operand)))"
    case .uppercased(let operand): return "upper(\(text(operand)))"
    case .length(let operand): return "length(\(text(operand)))"
    case .sincePrevious(let time, let owner):
      return "since_previous(\(text(time)), \(text(owner)))"
    case .condition(let condition): return text(condition)
    case .childValues(let child, let inner):
      return "each \(text(inner)) of its \(model.datasets[child.dataset].name)"
    }
  }

  private func text(_ condition: RowCondition) -> String {
    switch condition {
    case .always(let holds): return holds ? "true" : "false"
    case .all(let parts): return parts.map(text).joined(separator: " and ")
    case .any(let parts): return "(" + parts.map(text).joined(separator: " or ") + ")"
    case .not(let part): return "not (\(text(part)))"
    case .compare(let operation, let left, let right),
      .textCompare(let operation, let left, let right):
      return "\(text(left)) \(operation.rawValue) \(text(right))"
    case .inSpan(let instant, let lower, let upper):
      let bounds = [
        lower.map { "from \(CivilText.instant($0, zone: settings.zone))" },
        upper.map { "before \(CivilText.instant($0, zone: settings.zone))" },
      ].compactMap { $0 }
      return "\(text(instant)) \(bounds.joined(separator: " "))"
    case .textOneOf(let operand, let words):
      return "\(text(operand)) is one of \(words.map { "'\($0)'" }.joined(separator: ", "))"
    case .textMatch(let operation, let operand, let pattern):
      return "\(text(operand)) \(operation.rawValue) '\(pattern)'"
    case .numberOneOf(let operand, let numbers):
      return "\(text(operand)) is one of \(numbers.map { String($0) }.joined(separator: ", "))"
    case .tagOneOf(let path, let words):
      return "\(text(path)) holds one of \(words.map { "'\($0)'" }.joined(separator: ", "))"
    case .tagMatch(let operation, let path, let pattern):
      return "a tag of \(text(path)) \(operation.rawValue) '\(pattern)'"
    case .isMissing(let operand): return "\(text(operand)) is missing"
    case .exists(let child, let inner):
      return "some of its \(model.datasets[child.dataset].name) has \(text(inner))"
    }
  }
}
