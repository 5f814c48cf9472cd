import CivilTime
import ColumnStore

/// Reads numbers, times, durations and booleans: each chunk first as 64-bit integers at a common
/// scale, then as narrow as the chunk allows.
final class NumberStager: ColumnStager {
  private var kind: ValueKind
  private var zone: TimeZoneRules
  /// The memory that the stagers of the column share.
  let run: NumberRun?
  private let arena = PieceArena()
  private var pieces: [NumberPiece] = []
  private var values: UnsafeMutablePointer<Int64> = .allocate(capacity: 0)
  // The rows whose values are not read at once.
  private var others: UnsafeMutablePointer<UInt32> = .allocate(capacity: 0)
  private var capacity = 0
  private var scale = 0
  private var isDouble = false

  init(column: Int, kind: ValueKind, zone: TimeZoneRules, run: NumberRun?) {
    self.kind = kind
    self.zone = zone
    self.run = run
    super.init(column: column)
  }

  deinit {
    values.deallocate()
    others.deallocate()
  }

  func takePieces() -> [NumberPiece] {
    defer { pieces = [] }
    return pieces
  }

  override func begin(_ kind: ValueKind, _ zone: TimeZoneRules) {
    self.kind = kind
    self.zone = zone
  }

  override func stage(_ grid: FieldGrid, _ position: ChunkPosition, _ reader: ChunkReader) {
    if grid.rowCount > capacity {
      values.deallocate()
      others.deallocate()
      capacity = grid.rowCount &* 5 / 4
      values = .allocate(capacity: capacity)
      others = .allocate(capacity: capacity &+ 1)
    }
    let before = tally
    var missingCount: Int?
    while missingCount == nil {
      tally = before
      missingCount = read(grid, position.chunk, reader)
    }
    pieces.append(
      NumberPiece.make(
        position, values: values, rowCount: grid.rowCount, missing: ParseMark.missing,
        missingCount: missingCount ?? 0, scale: isDouble ? 0 : scale, isDouble: isDouble,
        run: run, arena: arena))
  }

  /// Reads a chunk as the column's kind; nil where it must be read again at another scale.
  private func read(_ grid: FieldGrid, _ chunk: Int, _ reader: ChunkReader) -> Int? {
    if isDouble {
      if case .duration(let style) = kind {
        return fill(DurationDoubleParser(style: style), grid, chunk, reader).missing
      }
      if case .dressedNumber(let style) = kind {
        return fill(DressedDoubleParser(style: style), grid, chunk, reader).missing
      }
      return fill(DoubleParser(unit: 1), grid, chunk, reader).missing
    }
    switch kind {
    case .duration(let style):
      let (after, missing) = fill(
        DurationParser(scale: scale, style: style), grid, chunk, reader)
      tally.unitCount &+= after.textCount
      tally.shortClockCount &+= after.shortClockCount
      tally.longClockCount &+= after.longClockCount
      return missing
    case .date(let order), .time(let order):
      let parser = TimeParser(
        scale: scale, order: order, zone: zone, isDateOnly: kind == .date(order))
      let (after, missing) = fill(parser, grid, chunk, reader)
      after.addEvidence(to: &tally)
      return missing
    case .joinedTime(let order, let clock):
      let parser = TimeParser(order: order, zone: zone, isDateOnly: true)
      let (after, missing) = fill(parser, grid, chunk, reader)
      after.addEvidence(to: &tally)
      addClock(clock, grid)
      return missing
    case .unixTime: return fill(UnixTimeParser(scale: scale), grid, chunk, reader).missing
    case .compactTime(let isDateOnly):
      let parser = CompactTimeParser(scale: scale, zone: zone, isDateOnly: isDateOnly)
      let (after, missing) = fill(parser, grid, chunk, reader)
      tally.localCount &+= after.localCount
      return missing
    case .serialTime(let isDateOnly):
      let parser = SerialTimeParser(zone: zone, isDateOnly: isDateOnly)
      return fill(parser, grid, chunk, reader).missing
    case .dayClock: return fill(DayClockParser(), grid, chunk, reader).missing
    case .rating(let outOf):
      return fill(RatingParser(scale: scale, outOf: outOf), grid, chunk, reader).missing
    case .dressedNumber(let style):
      return fill(DressedNumberParser(scale: scale, style: style), grid, chunk, reader).missing
    case .boolean(let takesDigits):
      return fill(BooleanParser(takesDigits: takesDigits), grid, chunk, reader).missing
    default:
      let isIdentifier = kind == .number(isIdentifier: true)
      let parser = DecimalParser(scale: scale, isIdentifier: isIdentifier)
      return fill(parser, grid, chunk, reader).missing
    }
  }

  /// Reads a chunk and gives the number of missing values, nil where it must be read again at
  /// another scale or as doubles.
  @inline(__always)
  private func fill<P: ValueParser>(
    _ fresh: P, _ grid: FieldGrid, _ chunk: Int, _ reader: ChunkReader
  ) -> (parser: P, missing: Int?) {
    // Locals stay in registers, where properties would be stored after every value.
    var parser = fresh
    let values = self.values
    var missing = 0
    var empty = 0
    var isAgain = false
    func take(_ row: Int, _ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
      if count == 0 {
        values[row] = ParseMark.missing
        empty &+= 1
        return true
      }
      let value = parser.parse(start, count)
      values[row] = value
      if !ParseMark.isMark(value) { return true }
      if value == ParseMark.finer {
        isAgain = true
        return false
      }
      if value == ParseMark.needsDouble {
        isDouble = true
        isAgain = true
        return false
      }
      values[row] = ParseMark.missing
      missing &+= 1
      note(value, start, count, row: row, chunk: chunk, reader)
      return true
    }
    if let fields = grid.run(ofColumn: column),
      let found = parser.parse(fields, into: FoundValues(values: values, others: others))
    {
      empty = found.empty
      for row in UnsafeBufferPointer(start: others, count: found.others) {
        let (start, count, _) = grid.field(row: Int(row), of: fields)
        if !take(Int(row), start, count) { break }
      }
    } else {
      grid.forEachField(column: column) { row, start, count, _ in take(row, start, count) }
    }
    tally.valueCount &+= grid.rowCount &- empty
    if !isDouble { scale = parser.scale }
    return (parser, isAgain ? nil : missing &+ empty)
  }

  /// Adds the clock times of another column to the days read.
  private func addClock(_ clock: Int, _ grid: FieldGrid) {
    let parser = DayClockParser()
    grid.forEachField(column: clock) { row, start, count, _ in
      guard values[row] != ParseMark.missing else { return true }
      let second = count == 0 ? ParseMark.misfit : parser.parse(start, count)
      if ParseMark.isMark(second) {
        tally.midnightCount &+= 1
      } else {
        values[row] &+= second
      }
      values[row] = zone.utc(fromLocal: values[row])
      return true
    }
  }

  private func note(
    _ mark: Int64, _ start: UnsafePointer<UInt8>, _ count: Int, row: Int, chunk: Int,
    _ reader: ChunkReader
  ) {
    let text = UnsafeBufferPointer(start: start, count: count)
    if MissingMarker.matches(text) {
      let trimmed = text.trimmed
      if trimmed.isEmpty {
        tally.valueCount &-= 1
      } else {
        let word = SafeText.string(UnsafeBufferPointer(rebasing: trimmed))
        tally.markers[word, default: 0] &+= 1
      }
      return
    }
    tally.countMisfit(text)
    if mark == ParseMark.identifier { tally.identifierCount &+= 1 }
    if tally.misfits.count < LoadReport.problemLimit {
      tally.misfits.append(
        ColumnTally.Misfit(
          chunk: chunk, row: row, line: reader.lineCount(before: start),
          text: SafeText.cut(SafeText.string(text.prefix(whole: 240)), 60)))
    }
  }
}

extension TimeParser {
  /// Adds what the dates said about their order.
  func addEvidence(to tally: inout ColumnTally) {
    tally.dayFirstCount &+= dayFirstCount
    tally.monthFirstCount &+= monthFirstCount
    tally.eitherCount &+= eitherCount
    tally.localCount &+= localCount
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// At most so many bytes, cut between two characters.
  func prefix(whole limit: Int) -> UnsafeBufferPointer<UInt8> {
    if count <= limit { return self }
    var end = limit
    while end > 0, self[end] & 0xC0 == 0x80 { end &-= 1 }
    return UnsafeBufferPointer(rebasing: self[..<end])
  }
}
