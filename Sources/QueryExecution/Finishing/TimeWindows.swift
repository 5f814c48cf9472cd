import QueryPlanning

/// The cells that are put together up to a row of the timeline.
struct TimeWindow: Sendable {
  var running: GroupCell?
  var rolling: GroupCell?
}

/// Finds for every row those before it on the timeline, of the same other keys.
struct TimeWindows {
  private(set) var windows: [TimeWindow]
  private(set) var pivotWindows: [[KeyValue: TimeWindow]]
  private let options: QueryOptions
  private let tasks: Int

  /// The windows of all rows; nil where the query asks for none.
  init?(_ rows: [GroupRow], _ plan: QueryPlan) {
    options = plan.query.options
    guard options.isRunning || options.rolling != nil,
      let key = plan.query.keys.firstIndex(where: { $0.type.isTimeline })
    else { return nil }
    windows = [TimeWindow](repeating: TimeWindow(), count: rows.count)
    pivotWindows = [[KeyValue: TimeWindow]](repeating: [:], count: rows.count)
    tasks = plan.tasks.count
    var series: [[KeyValue]: [(bucket: Int64, row: Int)]] = [:]
    for (index, row) in rows.enumerated() where key < row.keys.count {
      guard case .integer(let bucket) = row.keys[key] else { continue }
      var others = row.keys
      others.remove(at: key)
      series[others, default: []].append((bucket, index))
    }
    let values = Set(rows.flatMap { $0.pivot.keys })
    for var points in series.values {
      points.sort { $0.bucket < $1.bucket }
      let found = along(points) { rows[$0].cell }
      for (point, window) in zip(points, found) { windows[point.row] = window }
      for value in values {
        let found = along(points) { rows[$0].pivot[value]?.cell ?? GroupCell(tasks: tasks) }
        for (point, window) in zip(points, found) { pivotWindows[point.row][value] = window }
      }
    }
  }

  /// The windows of points on the timeline, given each row's own cell.
  private func along(
    _ points: [(bucket: Int64, row: Int)], _ cell: (Int) -> GroupCell
  ) -> [TimeWindow] {
    var running = GroupCell(tasks: tasks)
    return points.indices.map { position in
      var window = TimeWindow()
      if options.isRunning {
        running = running.merged(with: cell(points[position].row))
        window.running = running
      }
      guard let length = options.rolling else { return window }
      var rolling = GroupCell(tasks: tasks)
      var back = position
      while back >= 0, points[back].bucket > points[position].bucket - Int64(length) {
        rolling = cell(points[back].row).merged(with: rolling)
        back -= 1
      }
      window.rolling = rolling
      return window
    }
  }
}

extension RowType {
  /// Whether the values are periods of the timeline.
  var isTimeline: Bool {
    if case .bucket = self { return true }
    return false
  }
}
