import CKernels
import ColumnStore
import Synchronization

/// Divides texts into templates, whose number is small where only digits differ, and digits.
final class TemplateStaging {
  private let column: Int
  private let choice: TemplateChoice
  private let table = StringTable()
  private let arena = PieceArena()
  private var rowCount = 0
  private var byteCount = 0
  private var codes = GrowingMemory<UInt32>()
  private var others = GrowingMemory<UInt32>()
  private var starts = GrowingMemory<UInt32>()
  private var templates = GrowingMemory<UInt8>()
  private var digits = GrowingMemory<UInt8>()

  /// So many rows are divided at a time that their templates are still near when they are looked up.
  private static let batchCount = 2_048

  init(column: Int, choice: TemplateChoice) {
    self.column = column
    self.choice = choice
  }

  /// The templates met, once all are read.
  var texts: StagedTexts { StagedTexts(table: table) }

  /// The texts of a chunk and how many of them are empty; nil where templates do not pay.
  func piece(
    _ grid: FieldGrid, _ position: ChunkPosition
  ) -> (piece: TextPiece, emptyCount: Int)? {
    if choice.isRefused { return nil }
    guard grid.rowCount > 0, let all = grid.run(ofColumn: column) else {
      codes.reserve(grid.rowCount)
      codes.base.update(repeating: 0, count: grid.rowCount)
      return (piece(position, grid.rowCount, largest: 0, digitCount: 0), grid.rowCount)
    }
    reserve(all)
    var (digitCount, emptyCount) = (0, 0)
    var largest: UInt32 = 0
    for start in stride(from: 0, to: grid.rowCount, by: Self.batchCount) {
      var batch = all
      batch.before += start &* all.beforeStep
      batch.ends += start &* all.step
      batch.count = min(Self.batchCount, grid.rowCount &- start)
      var target = TemplateTexts(
        texts: templates.base, starts: starts.base, digits: digits.base + digitCount)
      digitCount &+= dq_divide_texts(&batch, &target)
      emptyCount &+= lookUp(batch.count, codes.base + start)
      rowCount &+= batch.count
      byteCount &+= Int(starts.base[batch.count])
      if choice.refuses(templateCount: table.count, byteCount: byteCount, of: rowCount) {
        return nil
      }
      for row in start..<start &+ batch.count { largest = max(largest, codes.base[row]) }
    }
    let piece = piece(position, grid.rowCount, largest: largest, digitCount: digitCount)
    return (piece, emptyCount)
  }

  private func reserve(_ fields: FieldRun) {
    let end = fields.ends[(fields.count &- 1) &* fields.step]
    let byteCount = Int(end &- fields.before[0])
    codes.reserve(fields.count)
    others.reserve(Self.batchCount)
    starts.reserve(Self.batchCount &+ 1)
    templates.reserve(byteCount &+ 64)
    digits.reserve(byteCount &+ 8)
  }

  /// Finds the codes of the templates at hand and gives how many are empty.
  private func lookUp(_ count: Int, _ codes: UnsafeMutablePointer<UInt32>) -> Int {
    var run = FieldRun(
      bytes: templates.base, before: starts.base, beforeStep: 1, skip: 0, ends: starts.base + 1,
      step: 1, count: count)
    var texts = table.texts
    var empty = 0
    let otherCount = dq_known_codes(&texts, &run, 0, codes, others.base, &empty)
    for row in UnsafeBufferPointer(start: others.base, count: otherCount) {
      let start = Int(starts.base[Int(row)])
      let length = Int(starts.base[Int(row) &+ 1]) &- start
      codes[Int(row)] = table.code(templates.base + start, length)
    }
    return empty
  }

  private func piece(
    _ position: ChunkPosition, _ rowCount: Int, largest: UInt32, digitCount: Int
  ) -> TextPiece {
    TextPiece.codes(
      position, codes.base, rowCount: rowCount, largest: largest,
      digits: UnsafeBufferPointer(start: digits.base, count: digitCount), run: nil, arena: arena)
  }
}

/// Whether the stagers of a column go on with templates, which one decides for all.
final class TemplateChoice: Sendable {
  private let refused = Atomic(false)

  /// So many rows tell whether nearly all templates differ, and so many whether too many do, since
  /// few have been met before at first.
  private static let trialCounts = (first: 1 << 10, last: 1 << 14)
  /// Longer texts hardly ever repeat, which so many bytes tell.
  private static let longestMean = 256
  private static let trialByteCount = 1 << 16

  /// Whether templates have been found not to pay.
  var isRefused: Bool { refused.load(ordering: .relaxed) }

  /// Whether so many templates of so many texts are too many, or the texts too long.
  func refuses(templateCount: Int, byteCount: Int, of rowCount: Int) -> Bool {
    let areTooMany =
      rowCount >= Self.trialCounts.first && templateCount &* 4 > rowCount &* 3
      || rowCount >= Self.trialCounts.last && Self.areTooMany(templateCount, of: rowCount)
    // A few rows may hold what is not like the others.
    let areTooLong =
      rowCount >= 16 && byteCount > max(Self.trialByteCount, rowCount &* Self.longestMean)
    if areTooMany || areTooLong { refused.store(true, ordering: .relaxed) }
    return isRefused
  }

  /// Whether so many texts are better kept as they stand than as so many templates.
  static func areTooMany(_ templateCount: Int, of rowCount: Int) -> Bool {
    templateCount &* 2 > rowCount
  }
}
