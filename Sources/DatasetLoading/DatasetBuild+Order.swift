import Diagnostics

/// What the parts of dates and of clock times mean where they do not tell it themselves.
extension DatasetBuild {
  /// How day and month stand in dates that do not tell it themselves.
  func findOrder(_ plan: inout ColumnPlan, _ proposal: KindProposal) {
    guard let order = plan.kind.dateOrder else { return }
    if let asked = request.options.dateOrder {
      if asked == .yearFirst || order == .yearFirst { plan.kind = plan.kind.with(asked) }
      plan.isOrderOpen = asked != .yearFirst
      return
    }
    let evidence = proposal.likelyOrder().evidence
    plan.isOrderOpen = evidence == .nothing || evidence == .sequence
    plan.orderReason = evidence.reason
    if plan.isOrderOpen, let told = witnesses.order(of: plan) {
      plan.isOrderOpen = false
      plan.kind = plan.kind.with(told.order)
      plan.orderReason = told.reason
    }
  }

  private static let loggedWords: Set<String> = ["tracked", "spent", "worked", "logged"]

  /// What clock times of two parts are where the header does not say.
  func findClock(_ plan: inout ColumnPlan, _ proposal: KindProposal) {
    guard case .duration(var style) = plan.kind, plan.clock == nil, plan.name == "handle_time",
      Self.loggedWords.isDisjoint(with: HeaderText.words(plan.header))
    else { return }
    // Nobody talks for half a day, though one may log as much.
    style.isMinutes = proposal.counted.contains { text in
      let parts = text.split(separator: 0x3A, omittingEmptySubsequences: false)
      guard parts.count == 2, let hours = Int(SafeText.string(Array(parts[0]))) else {
        return false
      }
      return hours >= 12
    }
    plan.kind = .duration(style)
  }

  /// Dates that may be read either way are read as those of the file's other columns.
  mutating func reordered(_ index: Int, _ tally: ColumnTally) -> ValueKind? {
    guard plans[index].isOrderOpen, tally.eitherCount > 0,
      tally.dayFirstCount &+ tally.monthFirstCount == 0, let fileOrder
    else { return nil }
    plans[index].isOrderOpen = false
    if plans[index].orderReason == nil || plans[index].kind.dateOrder != fileOrder.order {
      plans[index].orderReason = fileOrder.reason
    }
    let kind = plans[index].kind.with(fileOrder.order)
    return plans[index].kind == kind ? nil : kind
  }

  /// Notes how day and month stand in the dates that tell.
  mutating func findFileOrder(_ tallies: [ColumnTally]) throws(Diagnostic) {
    if fileOrder != nil { return }
    guard request.options.dateOrder == nil else { return }
    var found = Array(zip(plans, tallies))
    let isOpen = zip(plans, tallies).contains { plan, tally in
      plan.isOrderOpen && tally.eitherCount > 0
        && tally.dayFirstCount &+ tally.monthFirstCount == 0
    }
    // All dates of the file tell together, those that nobody asks for too.
    if isOpen { found += try unwantedDates() }
    let dayFirst = found.reduce(0) { $0 &+ $1.1.dayFirstCount }
    let monthFirst = found.reduce(0) { $0 &+ $1.1.monthFirstCount }
    guard dayFirst != monthFirst else {
      if isOpen { fileOrder = orderBeside }
      return
    }
    let order = dayFirst > monthFirst ? DateOrder.dayFirst : .monthFirst
    let teller = found.first { $0.1.dayFirstCount != $0.1.monthFirstCount }?.0.header ?? ""
    fileOrder = (order, "as \(SafeText.quoted(teller)) shows")
  }

  /// The order that what stands beside some dates tells, or how they follow each other.
  private var orderBeside: (order: DateOrder, reason: String)? {
    let told = naming.plans.map(proposed).filter { plan in
      plan.orderReason != nil && plan.kind.dateOrder != .yearFirst
    }
    let teller = told.first { !$0.isOrderOpen } ?? told.first
    guard let teller, let order = teller.kind.dateOrder,
      told.allSatisfy({ $0.isOrderOpen != teller.isOrderOpen || $0.kind.dateOrder == order })
    else { return nil }
    return (order, "as \(SafeText.quoted(teller.header)) shows")
  }

  /// What is met with in the columns of dates that are not among the plans.
  private func unwantedDates() throws(Diagnostic) -> [(ColumnPlan, ColumnTally)] {
    let wanted = Set(plans.map(\.index))
    let dates = naming.plans.filter { !wanted.contains($0.index) }.map(proposed)
      .filter { $0.kind.dateOrder != nil }
    if dates.isEmpty { return [] }
    return Array(zip(dates, try pass.run(dates).columns.map(\.tally)))
  }
}
