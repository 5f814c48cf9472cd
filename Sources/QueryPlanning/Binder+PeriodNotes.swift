import CivilTime
import Diagnostics
import QuerySyntax

extension Binder {
  /// Keeps what words such as `last 8 weeks` stand for, and warns where a period lies outside the
  /// data, which would otherwise be an empty answer without a reason.
  mutating func note(_ period: ResolvedPeriod, _ node: PeriodNode, clock: TypedRow) {
    switch periodShift {
    case nil: break
    case .previous, .lastYear:
      if node.isRelative { comparedPeriod = shifted(period).label(settings) }
      return
    case .fixed, .bucket: return
    }
    let label = period.label(settings)
    if node.isRelative { relativePeriod = label }
    let isCivil = clock.type == .date
    let span = period.span(settings, isCivil: isCivil)
    clock.expression.forEachColumn { path in
      guard let range = context.facts.timeRange(dataset: path.dataset, column: path.column),
        !span.overlaps(range.lowerBound..<(range.upperBound &+ 1))
      else { return }
      let days = TimeBuckets(grain: .day, zone: isCivil ? .utc : settings.zone)
      let (first, last) = (
        days.bucket(ofUTC: range.lowerBound), days.bucket(ofUTC: range.upperBound)
      )
      let dataset = model.datasets[path.dataset]
      let warning = Diagnostic(
        "outside-data",
        "\(label) lies outside the data: \(dataset.schema.columns[path.column].name) of "
          + "\(dataset.name) goes from \(days.label(first)) to \(days.label(last))",
        at: node.range, severity: .warning,
        help: node.isRelative
          ? "`latest` counts back from the last row, `set today = \(days.label(last))` goes back "
            + "to it" : nil)
      // A period is bound once for every dataset that it filters.
      if !warnings.contains(where: { $0.code == warning.code }) { warnings.append(warning) }
    }
  }
}

extension PeriodNode {
  /// Whether it counts from today or from the last row.
  fileprivate var isRelative: Bool {
    switch form {
    case .today, .yesterday, .this, .last, .latest: true
    case .span(let lower, let upper): lower.isRelative || upper.isRelative
    default: false
    }
  }
}
