import CKernels
import ColumnStore
import Glibc

/// Joins the pieces of a text column.
enum TextAssembly {
  /// The column of the pieces, which stand in the order of the file; a key stays a dictionary
  /// however many values it has.
  static func column(
    _ pieces: inout [TextPiece], tables: [StagedTexts], runs: (texts: TextRun?, codes: NumberRun?),
    rowCount: Int, kind: ValueKind, _ stop: CancellationFlag
  ) -> Column {
    if let run = runs.texts, pieces.allSatisfy(\.isPlaced) {
      return .text(placed(&pieces, run, rowCount))
    }
    let isPlain = pieces.contains { if case .plain = $0.content { true } else { false } }
    if isPlain { return .text(plain(&pieces, tables: tables, rowCount: rowCount, stop)) }
    let (heap, codes) = DictionaryMerge.merged(tables, stop)
    let isKey = if case .dictionary(isKey: true) = kind { true } else { false }
    if !isKey, rowCount >= 64, TemplateChoice.areTooMany(heap.count, of: rowCount) {
      return .text(plain(&pieces, tables: tables, rowCount: rowCount, stop))
    }
    let width = CodeArray.byteWidth(largest: heap.count)
    let array = CodeArray(
      memory: runs.codes?.memory(width: .ofCodes(byteWidth: width), rowCount: rowCount)
        ?? ColumnMemory(uninitializedByteCount: rowCount &* width),
      byteWidth: width, count: rowCount)
    let digits = ColumnMemory(
      uninitializedByteCount: pieces.reduce(0) { $0 &+ $1.content.digitCount })
    var row = 0
    var digit = 0
    pieces.reverse()
    while !stop.isSet, let piece = pieces.popLast() {
      if case .codes(let base, let byteWidth, let table, let source) = piece.content {
        remap(base, byteWidth, codes.ofTable(table), piece.rowCount, array, row)
        if let source, let start = source.baseAddress {
          memcpy(digits.base + digit, start, source.count)
          digit &+= source.count
        }
      }
      row &+= piece.rowCount
    }
    let texts = DictionaryColumn(codes: array, dictionary: heap)
    // What is stopped is not whole.
    guard case .freeText = kind, !stop.isSet else { return .dictionary(texts) }
    return .template(TemplateColumn(templates: texts, digits: digits))
  }

  private static func remap(
    _ base: UnsafeRawPointer, _ byteWidth: Int, _ codes: MergedCodes.OfTable, _ count: Int,
    _ array: CodeArray, _ row: Int
  ) {
    func copy<Source: FixedWidthInteger, Target: FixedWidthInteger & BitwiseCopyable>(
      _ source: Source.Type, to type: Target.Type
    ) {
      let source = base.assumingMemoryBound(to: Source.self)
      let target = array.memory.pointer(as: Target.self) + row
      for index in 0..<count {
        target[index] = Target(truncatingIfNeeded: codes[Int(truncatingIfNeeded: source[index])])
      }
    }
    func copy<Source: FixedWidthInteger>(_ source: Source.Type) {
      switch array.byteWidth {
      case 1: copy(source, to: UInt8.self)
      case 2: copy(source, to: UInt16.self)
      default: copy(source, to: UInt32.self)
      }
    }
    switch byteWidth {
    case 1: copy(UInt8.self)
    case 2: copy(UInt16.self)
    default: copy(UInt32.self)
    }
  }

  /// The column of pieces that stand where they belong.
  private static func placed(
    _ pieces: inout [TextPiece], _ run: TextRun, _ rowCount: Int
  ) -> TextColumn {
    defer { pieces = [] }
    let parts = pieces.map { (bits: $0.content.validity, rowCount: $0.rowCount) }
    return TextColumn(
      heap: run.heap(rowCount: rowCount, byteCount: pieces.reduce(0) { $0 &+ byteCount($1, []) }),
      validity: NumberAssembly.joined(parts, rowCount: rowCount))
  }

  private static func plain(
    _ pieces: inout [TextPiece], tables: [StagedTexts], rowCount: Int, _ stop: CancellationFlag
  ) -> TextColumn {
    let total = pieces.reduce(0) { $0 &+ byteCount($1, tables) }
    let isWide = total > Int(UInt32.max)
    let bytes = ColumnMemory(uninitializedByteCount: total)
    let offsets = ColumnMemory(uninitializedByteCount: (rowCount &+ 1) &* (isWide ? 8 : 4))
    let narrow = offsets.pointer(as: UInt32.self)
    let wide = offsets.pointer(as: UInt64.self)
    if isWide { wide[0] = 0 } else { narrow[0] = 0 }
    var row = 0
    var end = 0
    var words: [UInt64] = []
    var parts: [(bits: UnsafeMutablePointer<UInt64>?, rowCount: Int)] = []
    // Bitmaps outlive their pieces until all are joined.
    var kept: [UnsafeMutablePointer<UInt64>] = []
    defer { for bits in kept { bits.deallocate() } }
    pieces.reverse()
    while !stop.isSet, let piece = pieces.popLast() {
      words.removeAll(keepingCapacity: true)
      switch piece.content {
      case .plain(let source, let ends, let origin, let validity):
        let count = byteCount(piece, tables)
        memcpy(bytes.base + end, source, count)
        for index in 0..<piece.rowCount {
          let offset = end &+ Int(ends[index] &- origin)
          if isWide {
            wide[row &+ index &+ 1] = UInt64(offset)
          } else {
            narrow[row &+ index &+ 1] = UInt32(truncatingIfNeeded: offset)
          }
        }
        end &+= count
        if let validity {
          words.append(
            contentsOf: UnsafeBufferPointer(
              start: validity, count: Bitmap.wordCount(piece.rowCount)))
        }
      case .codes(let base, let byteWidth, let table, let digits):
        var missing = false
        var digit = 0
        words.append(contentsOf: repeatElement(0, count: Bitmap.wordCount(piece.rowCount)))
        for index in 0..<piece.rowCount {
          let code = TextPiece.code(base, byteWidth, index)
          if code == 0 {
            missing = true
          } else {
            let target = bytes.pointer(as: UInt8.self) + end
            let length = tables[table].write(code, to: target)
            if let base = digits?.baseAddress {
              digit &+= dq_restore_digits(target, length, base + digit)
            }
            end &+= length
            words[index &>> 6] |= 1 &<< UInt64(index & 63)
          }
          bytes.pointer(as: UInt8.self)[end] = 0xFF
          end &+= 1
          if isWide {
            wide[row &+ index &+ 1] = UInt64(end)
          } else {
            narrow[row &+ index &+ 1] = UInt32(truncatingIfNeeded: end)
          }
        }
        if !missing { words.removeAll(keepingCapacity: true) }
      }
      if words.isEmpty {
        parts.append((nil, piece.rowCount))
      } else {
        let copy = UnsafeMutablePointer<UInt64>.allocate(capacity: words.count)
        words.withUnsafeBufferPointer { source in
          if let base = source.baseAddress { copy.update(from: base, count: source.count) }
        }
        kept.append(copy)
        parts.append((copy, piece.rowCount))
      }
      row &+= piece.rowCount
    }
    return TextColumn(
      heap: TextHeap(bytes: bytes, offsets: offsets, isWide: isWide, count: rowCount),
      validity: NumberAssembly.joined(parts, rowCount: rowCount))
  }

  private static func byteCount(_ piece: TextPiece, _ tables: [StagedTexts]) -> Int {
    switch piece.content {
    case .plain(_, let ends, let origin, _):
      return piece.rowCount == 0 ? 0 : Int(ends[piece.rowCount &- 1] &- origin)
    case .codes(let base, let byteWidth, let table, _):
      var total = piece.rowCount
      for row in 0..<piece.rowCount {
        let code = TextPiece.code(base, byteWidth, row)
        if code != 0 { total &+= tables[table].length(code) }
      }
      return total
    }
  }
}
