import Diagnostics

/// Headers of survey tools that take more than one record: SurveyMonkey writes two, Qualtrics
/// three.
enum SurveyHeader {
  /// The header with the records behind it that belong to it too.
  static func extended(
    _ header: CSVHeader, _ source: TextSource
  ) throws(Diagnostic) -> CSVHeader {
    let names = Set(header.names.map(HeaderText.squashed))
    let isMonkey = names.contains("respondentid")
    guard isMonkey || names.contains("responseid") else { return header }
    guard let rows = try Rows(header, source) else { return header }
    var extended = header
    if !isMonkey {
      guard rows.count > 1, rows.texts[1].contains(where: { $0.hasPrefix("{\"ImportId\"") }) else {
        return header
      }
      rows.skip(2, &extended)
      extended.hints = rows.texts[1].map(zone)
      extended.notes.append("records 2 and 3 describe the columns; they are no answers")
      return extended
    }
    guard let id = header.names.firstIndex(where: { HeaderText.squashed($0) == "respondentid" }),
      let labels = rows.texts.first, labels[id].isEmpty, labels.contains(where: { !$0.isEmpty })
    else { return header }
    extended.names = merged(header.names, labels)
    rows.skip(1, &extended)
    extended.notes.append("record 2 holds the labels of the questions; it is no answer")
    return extended
  }

  /// The zone in `{"ImportId":"startDate","timeZone":"America/Denver"}`.
  private static func zone(_ description: String) -> String? {
    let parts = description.split(separator: "\"")
    guard let key = parts.firstIndex(of: "timeZone"), parts.indices.contains(key + 2) else {
      return nil
    }
    return String(parts[key + 2])
  }

  /// A question over several columns stands over the first of them alone.
  private static func merged(_ names: [String], _ labels: [String]) -> [String] {
    var question = ""
    return zip(names, labels).map { name, label in
      if !name.isEmpty { question = name }
      let isPlain = label.isEmpty || label == "Response" || label == "Open-Ended Response"
      if isPlain { return name.isEmpty ? question : name }
      return question.isEmpty ? label : "\(question) - \(label)"
    }
  }

  /// The first rows behind a header.
  private struct Rows {
    private(set) var texts: [[String]] = []
    private var starts: [(offset: Int, lines: Int)] = []
    var count: Int { texts.count }

    private static let size = 1 << 16

    init?(_ header: CSVHeader, _ source: TextSource) throws(Diagnostic) {
      let chunkCount = ChunkReader.chunkCount(source, header, chunkSize: Rows.size) ?? 1
      let turns = ScanTurns(chunkCount: min(1, chunkCount))
      let reader = ChunkReader(source: source, header: header, chunkSize: Rows.size, turns: turns)
      guard let chunk = turns.take(), let grid = reader.rows(ofChunk: chunk), grid.rowCount > 0
      else { return nil }
      let unquoter = Unquoter()
      for row in 0..<min(grid.rowCount, 2) {
        texts.append(
          (0..<grid.columnCount).map { column in
            let (start, length) = grid.field(row: row, column: column)
            let isQuoted = length >= 2 && start[0] == UInt8(ascii: "\"")
            return SafeText.string(
              isQuoted
                ? unquoter.text(start + 1, length &- 2)
                : UnsafeBufferPointer(start: start, count: length))
          })
        let last = grid.field(row: row, column: grid.columnCount &- 1)
        var next = last.start + last.count
        if next[0] == 0x0D { next += 1 }
        if next[0] == 0x0A { next += 1 }
        let offset = header.dataStart &+ (next - grid.bytes) &- ChunkReader.lead
        starts.append((min(offset, source.byteCount ?? offset), reader.lineCount(before: next)))
      }
    }

    /// Moves the start of the data behind so many rows.
    func skip(_ rowCount: Int, _ header: inout CSVHeader) {
      let start = starts[rowCount &- 1]
      header.dataStart = start.offset
      header.lineCount &+= start.lines
      header.recordCount &+= rowCount
    }
  }
}
