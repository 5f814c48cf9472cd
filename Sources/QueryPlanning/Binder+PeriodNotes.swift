import CivilTime
import Diagnostics
import QuerySyntax

extension Binder {
  /// Keeps what words such as `last 8 weeks` stand for, and warns where a period lies outside the
  /// data, which would otherwise be an empty answer without a reason, or a change from nothing.
  ///
  /// - Parameter isSought: whether rows are wanted that lie in the period, and in no other.
  mutating func note(
    _ period: ResolvedPeriod, _ node: PeriodNode, of instant: RowExpression, isCivil: Bool,
    isSought: Bool = true
  ) {
    keep(period, node)
    guard isSought else { return }
    let isBaseline: Bool
    switch periodShift {
    case nil: isBaseline = false
    case .previous, .lastYear, .fixed: isBaseline = true
    case .bucket: return
    }
    let looked = shifted(period)
    let span = looked.span(settings, isCivil: isCivil)
    instant.forEachColumn { path in
      guard let range = context.facts.timeRange(dataset: path.dataset, column: path.column),
        !span.overlaps(range.lowerBound..<(range.upperBound &+ 1))
      else { return }
      let days = TimeBuckets(grain: .day, zone: isCivil ? .utc : settings.zone)
      let (first, last) = (
        days.bucket(ofUTC: range.lowerBound), days.bucket(ofUTC: range.upperBound)
      )
      let dataset = model.datasets[path.dataset]
      let warning = Diagnostic(
        isBaseline ? "baseline-outside-data" : "outside-data",
        looked.label(settings) + (isBaseline ? ", which it is compared with," : "")
          + " lies outside the data: \(dataset.schema.columns[path.column].name) of "
          + "\(dataset.name) goes from \(days.label(first)) to \(days.label(last))",
        at: node.range, severity: .warning,
        help: node.isRelative && !isBaseline
          ? "`latest` counts back from the last row, `set today = \(days.label(last))` goes back "
            + "to it" : nil)
      // A period is bound once for every dataset that it filters.
      if !warnings.contains(where: { $0.code == warning.code }) { warnings.append(warning) }
    }
  }

  /// Keeps what relative words stand for, where the query has one period in such words.
  private mutating func keep(_ period: ResolvedPeriod, _ node: PeriodNode) {
    guard node.isRelative else { return }
    let label = period.label(settings)
    switch periodShift {
    case nil:
      if let known = relativePeriod, known != label { hasRelativePeriods = true }
      relativePeriod = hasRelativePeriods ? nil : label
    case .previous, .lastYear:
      comparedPeriod = hasRelativePeriods ? nil : shifted(period).label(settings)
    case .fixed, .bucket: break
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
