import CivilTime
import ColumnStore

/// Reads one column of every chunk that one thread gets, into pieces.
class ColumnStager {
  let column: Int
  var tally = ColumnTally()

  init(column: Int) { self.column = column }

  /// Reads the files to come in another unit or zone.
  func begin(_ kind: ValueKind, _ zone: TimeZoneRules) {}

  /// Reads the column's fields of a chunk.
  func stage(_ grid: FieldGrid, _ position: ChunkPosition, _ reader: ChunkReader) {}

  /// Stagers of a column for so many threads; with a capacity they write to memory that they
  /// share.
  static func make(
    _ kind: ValueKind, column: Int, zone: TimeZoneRules, capacity: ColumnCapacity?, count: Int
  ) -> [ColumnStager] {
    func make(_ stager: () -> ColumnStager) -> [ColumnStager] { (0..<count).map { _ in stager() } }
    let run = capacity.map { NumberRun($0) }
    switch kind {
    case .tags(let separator, let isBracketed):
      return make { TagsStager(column: column, separator: separator, isBracketed: isBracketed) }
    case .dictionary(let isKey):
      let choice = NumberedFormChoice()
      return make {
        DictionaryStager(
          column: column, run: run, formChoice: choice,
          isMissing: isKey ? { MissingMarker.isSign($0) } : nil)
      }
    case .answerWords:
      return make {
        DictionaryStager(
          column: column, run: run, formChoice: nil, isMissing: MissingMarker.isNonAnswer)
      }
    case .freeText:
      let run = capacity.flatMap { TextRun($0) }
      let choice = TemplateChoice()
      return make { FreeTextStager(column: column, run: run, choice: choice) }
    case .number, .dressedNumber, .rating, .duration, .date, .time, .joinedTime, .unixTime,
      .compactTime, .serialTime, .dayClock, .boolean:
      return make { NumberStager(column: column, kind: kind, zone: zone, run: run) }
    }
  }
}

/// The pieces of one column from all threads, ready to be joined.
///
/// It belongs to one thread at a time.
struct StagedColumn: @unchecked Sendable {
  var kind: ValueKind
  var tally: ColumnTally
  private var numbers: [NumberPiece] = []
  private var texts: [TextPiece] = []
  private var tags: [TagsPiece] = []
  private var tables: [StagedTexts] = []
  private var numberRun: NumberRun?
  private var textRun: TextRun?

  /// What the stagers of one column hold; they are empty afterwards.
  init(_ stagers: [ColumnStager], kind: ValueKind) {
    self.kind = kind
    tally = ColumnTally()
    for stager in stagers {
      tally.add(stager.tally)
      if let stager = stager as? NumberStager {
        numbers += stager.takePieces()
        numberRun = stager.run
      }
      if let stager = stager as? DictionaryStager {
        texts += stager.takePieces(table: tables.count)
        tables.append(stager.texts)
        numberRun = stager.run
      }
      if let stager = stager as? FreeTextStager {
        texts += stager.takePieces(table: tables.count)
        tables.append(stager.templates)
        textRun = stager.run
      }
      if let stager = stager as? TagsStager {
        tags += stager.takePieces(table: tables.count)
        tables.append(StagedTexts(table: stager.table))
      }
    }
    for texts in tables { texts.table.endLookups() }
    tally.sortMisfits()
    numbers.sort { $0.chunk < $1.chunk }
    texts.sort { $0.chunk < $1.chunk }
    tags.sort { $0.chunk < $1.chunk }
  }

  /// About how much work it is to join the pieces, in bytes to move.
  var weight: Int {
    let entries = tables.reduce(0) { $0 &+ $1.count &* 256 }
    let numberBytes = numbers.reduce(0) { $0 &+ $1.rowCount &* $1.width.byteCount }
    let tagBytes = tags.reduce(0) { $0 &+ $1.rowCount &* 16 }
    return texts.reduce(entries &+ numberBytes &+ tagBytes) { total, piece in
      switch piece.content {
      case .codes: total &+ piece.rowCount &* 4
      case .plain: total &+ piece.rowCount &* 64
      }
    }
  }

  /// Some of the distinct texts, the same for any number of threads; none where there are very
  /// many, or where they were not looked for.
  func distinctTexts(limit: Int) -> [[UInt8]] {
    if case .freeText = kind { return [] }
    guard tables.reduce(0, { $0 &+ $1.count }) < 100_000 else { return [] }
    var texts: Set<[UInt8]> = []
    for table in tables { table.forEach { texts.insert(Array($0)) } }
    let sorted = texts.sorted { $0.lexicographicallyPrecedes($1) }
    let step = max(1, sorted.count / limit)
    return stride(from: 0, to: sorted.count, by: step).map { sorted[$0] }
  }

  /// The column; the pieces are given back as they are joined.
  ///
  /// Once the load is to stop, what it gives is of no use.
  mutating func assemble(rowCount: Int, _ stop: CancellationFlag) -> Column {
    defer { (tables, numberRun, textRun) = ([], nil, nil) }
    switch kind {
    case .dictionary, .answerWords, .freeText:
      return TextAssembly.column(
        &texts, tables: tables, runs: (textRun, numberRun), rowCount: rowCount, kind: kind, stop)
    case .tags:
      return .tags(TagsAssembly.column(&tags, tables: tables, rowCount: rowCount, stop))
    default:
      return .number(NumberAssembly.column(&numbers, run: numberRun, rowCount: rowCount, stop))
    }
  }
}
