import CKernels
import ColumnStore

/// What there is to say about how columns are read.
extension DatasetBuild {
  /// Why numbers, or a column that measures need, are read as they are, where that may be wrong.
  func doubt(_ plan: ColumnPlan, _ proposal: KindProposal) -> String? {
    switch plan.kind {
    case .date, .time:
      guard plan.kind.dateOrder != .yearFirst, request.options.dateOrder == nil,
        proposal.mayBeYearFirst, let text = proposal.counted.first
      else { return nil }
      return
        "'\(plan.name)': dates such as \(SafeText.quoted(SafeText.string(text))) are read with "
        + "the year at the end; with (dates = 'year-first') reads it first"
    case .number(isIdentifier: false), .dressedNumber:
      let mark = proposal.decimalMark
      guard mark.isDoubtful, proposal.hasDoubtfulMarks else { return nil }
      if let reason = mark.reason {
        return "'\(plan.name)': its marks stand between thousands, \(reason)"
      }
      return "'\(plan.name)': no number tells whether its mark stands before decimals or between "
        + "thousands; read as decimals; with (decimal = 'comma') or (decimal = 'point') says"
    case .dictionary, .freeText:
      if let reason = unreadNumbers(plan, proposal) { return "'\(plan.name)' is text, \(reason)" }
      return missedColumn(plan, proposal)
    default: return nil
    }
  }

  private func unreadNumbers(_ plan: ColumnPlan, _ proposal: KindProposal) -> String? {
    switch plan.expectation {
    case nil, .any, .number: break
    default: return nil
    }
    return plan.isIdentifier ? nil : proposal.unreadNumbers
  }

  /// Says where a column has the name of a known one, but not its values.
  private func missedColumn(_ plan: ColumnPlan, _ proposal: KindProposal) -> String? {
    guard let role = naming.role, plan.expectation.map({ $0.plural != nil }) ?? true,
      let text = proposal.counted.first,
      text.contains(where: { $0 >= 0x30 && $0 <= 0x39 }),
      let known = HeaderText(plan.header).keys.lazy.compactMap({ Self.measured[role]?[$0] }).first,
      let wanted = known.expectation.plural,
      !naming.plans.contains(where: { $0.name == known.name && $0.index != plan.index })
    else { return nil }
    let example = SafeText.quoted(SafeText.cut(SafeText.string(text), 60))
    return "'\(plan.name)' holds text, such as \(example), not \(wanted)"
  }

  /// The known columns that are counted with, by their own names and by all of those of times.
  private static let measured: [DatasetRole: [String: KnownColumn]] = {
    var measured: [DatasetRole: [String: KnownColumn]] = [:]
    for role in DatasetRole.allCases {
      for column in KnownColumns.columns(of: role) where column.expectation.plural != nil {
        let aliases = column.expectation.plural == "times" ? column.aliases : []
        for name in (HeaderText.variants(of: column) + aliases).map(HeaderText.squashed) {
          if measured[role]?[name] == nil { measured[role, default: [:]][name] = column }
        }
      }
    }
    return measured
  }()

  /// Says how many moments lie before those that they follow: no measure counts the time between.
  func reversalNotes(_ columns: [Column]) -> [String] {
    var notes: [String] = []
    for (start, ends) in OrderWitnesses.events {
      guard let first = times(start, columns) else { continue }
      for end in ends {
        guard let last = times(end, columns) else { continue }
        let count = first.countOfLater(than: last)
        if count > 0 {
          notes.append(
            "\(count) row\(count == 1 ? " has" : "s have") '\(end)' before '\(start)'; "
              + "left out of the time between")
        }
      }
    }
    return notes
  }

  private func times(_ name: String, _ columns: [Column]) -> NumberColumn? {
    guard
      let index = plans.firstIndex(where: {
        $0.name == name && ($0.kind.type == .time || $0.kind.type == .date)
      }), case .number(let column) = columns[index], column.width != .float64
    else { return nil }
    return column
  }
}

extension KnownColumn.Expectation {
  /// The values in words, where text is none of them.
  fileprivate var plural: String? {
    switch self {
    case .time: "times"
    case .date: "dates"
    case .duration: "durations"
    case .number: "numbers"
    default: nil
    }
  }
}

extension KindProposal {
  /// Why texts that look like numbers are none.
  fileprivate var unreadNumbers: String? {
    // Most texts begin otherwise.
    guard let first = counted.first,
      first.contains(where: { $0 >= 0x30 && $0 <= 0x39 }), !first.contains(0x3A)
    else { return nil }
    let numbers = counted.map { text in text.withUnsafeBufferPointer { NumberText($0) } }
    if !numbers.contains(where: { $0 == nil || $0?.hasLeadingZero == true }),
      let long = numbers.firstIndex(where: { $0?.mantissa == nil && $0?.exponent == 0 })
    {
      let example = SafeText.quoted(SafeText.cut(SafeText.string(counted[long]), 60))
      return "since \(example) would not stay the same as a number"
    }
    let currencies = Set(counted.compactMap(DressedNumber.currency))
    let styles = [NumberStyle(), NumberStyle(hasDecimalComma: true)]
    guard currencies.count > 1, styles.contains(where: { fits(.dressedNumber($0)) }) else {
      return nil
    }
    let names = currencies.map { SafeText.quoted(SafeText.string($0)) }.sorted()
    return "since it holds several currencies: \(names.joined(separator: ", "))"
  }
}

extension NumberColumn {
  /// How many values are above those of another column in the same rows.
  fileprivate func countOfLater(than other: NumberColumn) -> Int {
    if width == .int32, other.width == .int32, scale == other.scale { return countInBlocks(other) }
    return switch width {
    case .int8: count(Int8.self, other)
    case .int16: count(Int16.self, other)
    case .int32: count(Int32.self, other)
    case .int64, .float64: count(Int64.self, other)
    }
  }

  /// The same for values of one width and scale, as moments mostly are.
  private func countInBlocks(_ other: NumberColumn) -> Int {
    let (starts, ends) = (memory.pointer(as: Int32.self), other.memory.pointer(as: Int32.self))
    let length = NumberColumn.blockLength
    var mask = [UInt64](repeating: 0, count: Bitmap.wordCount(length))
    var later = 0
    for from in stride(from: 0, to: min(count, other.count), by: length) {
      let rows = min(length, min(count, other.count) &- from)
      let words = Bitmap.wordCount(rows)
      dq_greater_mask_i32(starts + from, ends + from, rows, &mask)
      for validity in [validity, other.validity] {
        guard let known = validity?.words else { continue }
        for word in 0..<words { mask[word] &= known[from / 64 &+ word] }
      }
      later &+= dq_count_bits(mask, words)
    }
    return later
  }

  private func count<Own: FixedWidthInteger & BitwiseCopyable>(
    _ own: Own.Type, _ other: NumberColumn
  ) -> Int {
    switch other.width {
    case .int8: count(own, Int8.self, other)
    case .int16: count(own, Int16.self, other)
    case .int32: count(own, Int32.self, other)
    case .int64, .float64: count(own, Int64.self, other)
    }
  }

  private func count<
    Own: FixedWidthInteger & BitwiseCopyable, Other: FixedWidthInteger & BitwiseCopyable
  >(
    _: Own.Type, _: Other.Type, _ other: NumberColumn
  ) -> Int {
    let (starts, ends) = (memory.pointer(as: Own.self), other.memory.pointer(as: Other.self))
    let common = max(scale, other.scale)
    let (up, upOther) = (
      PowersOfTen.integer(common &- scale), PowersOfTen.integer(common &- other.scale)
    )
    var later = 0
    for row in 0..<min(count, other.count)
    where Int64(truncatingIfNeeded: starts[row]) &* up
      > Int64(truncatingIfNeeded: ends[row]) &* upOther
      && isValid(row) && other.isValid(row)
    { later &+= 1 }
    return later
  }
}
