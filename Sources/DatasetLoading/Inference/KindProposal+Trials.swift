import CivilTime

extension KindProposal {
  /// Whether nearly all texts are of a kind.
  func fits(_ kind: ValueKind) -> Bool { !counted.isEmpty && share(kind) >= 0.95 }

  /// The share of the texts that are of a kind.
  func share(_ kind: ValueKind) -> Double {
    switch kind {
    case .number(let isIdentifier): return share(DecimalParser(isIdentifier: isIdentifier))
    case .dressedNumber(let style): return share(DressedNumberParser(style: style))
    case .rating(let outOf): return share(RatingParser(outOf: outOf))
    case .duration(let style): return share(DurationParser(style: style))
    case .date(let order), .joinedTime(let order, _):
      return share(TimeParser(order: order, zone: .utc, isDateOnly: true))
    case .time(let order):
      return share(TimeParser(order: order, zone: .utc, isDateOnly: false))
    case .unixTime: return share(UnixTimeParser())
    case .compactTime(let isDateOnly):
      return share(CompactTimeParser(zone: .utc, isDateOnly: isDateOnly))
    case .serialTime(let isDateOnly):
      return share(SerialTimeParser(zone: .utc, isDateOnly: isDateOnly))
    case .dayClock: return share(DayClockParser())
    case .boolean(let takesDigits): return share(BooleanParser(takesDigits: takesDigits))
    case .tags, .dictionary, .answerWords, .freeText: return 1
    }
  }

  private func share<P: ValueParser>(_ fresh: P) -> Double {
    var parser = fresh
    return share(&parser)
  }

  /// The share of the texts that a parser reads; it keeps what they tell.
  func share<P: ValueParser>(_ parser: inout P) -> Double {
    if counted.isEmpty { return 0 }
    var hits = 0
    for text in counted {
      text.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        var value = parser.parse(base, buffer.count)
        if value == ParseMark.finer { value = parser.parse(base, buffer.count) }
        // A number that only a double holds is one too; an identifier forbids numbers.
        if value == ParseMark.identifier { hits = .min / 2 }
        hits &+= !ParseMark.isMark(value) || value == ParseMark.needsDouble ? 1 : 0
      }
    }
    return Double(max(hits, 0)) / Double(counted.count)
  }

  /// How the numbers are written, where at least this share of the texts are numbers.
  func dressedStyle(least: Double) -> NumberStyle? {
    let figures = counted.count { $0.contains(where: Digits.isDigit) }
    guard !counted.isEmpty, Double(figures) >= least * Double(counted.count) else { return nil }
    let currencies = Set(counted.compactMap(DressedNumber.currency))
    // Sums in different currencies are no numbers that can be added.
    guard currencies.count <= 1 else { return nil }
    let isPercent = counted.count { $0.last == 0x25 } &* 2 > counted.count
    let commaFirst = DecimalMark.told(counted) ?? decimalMark.isComma
    for hasDecimalComma in [commaFirst, !commaFirst] {
      let style = NumberStyle(hasDecimalComma: hasDecimalComma, isPercent: isPercent)
      if share(.dressedNumber(style)) >= least { return style }
    }
    return nil
  }

  /// Lengths of time, numbers being of a unit in seconds.
  func duration(unit: Double) -> DurationStyle {
    var style = DurationStyle(unit: 1)
    style.set(unit: unit)
    let isMarked = counted.contains { $0.contains(0x2C) } || decimalMark.isTold
    style.hasDecimalComma = isMarked && DecimalMark.told(counted) ?? decimalMark.isComma
    return style
  }
}
