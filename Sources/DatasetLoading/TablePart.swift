import Diagnostics

/// A table as one file has it: text with a header, in which the columns of the dataset are found.
struct TablePart: Sendable {
  let source: TextSource
  private(set) var header: CSVHeader
  /// The table's name, where the file may hold several.
  var name: String?
  /// The columns that hold lists, split at `JSONRecordReader.listSeparator`.
  var lists: Set<Int> = []
  /// The headers of lists that are kept as JSON text.
  var textLists: [String] = []
  /// Where the records of a converted file start; nil where the text's own places hold.
  var lines: RecordLines?
  /// How many of `lines` belong to the header.
  var firstLine = 0
  /// What number the first row's record has.
  var firstRecord = 2
  /// What makes the file look like one of another kind, for when it cannot be read.
  var suspicion: String?
  /// How the file is written, in words.
  var format = ""
  /// What there is to say about the file.
  var notes: [String] = []
  /// What there is to say once all rows have been read.
  var lateNotes: (@Sendable () -> [String])?
  /// Where each column of the dataset stands, -1 where it is absent; nil where all stand in place.
  var places: [Int]?
  /// The columns of the dataset whose header here names another unit or zone than elsewhere.
  var ownTexts: [Int: HeaderText] = [:]

  /// The table in a text, whose survey tool may have written several header records.
  init(_ source: TextSource, _ header: CSVHeader, isPlain: Bool = false) throws(Diagnostic) {
    let header = isPlain ? header : try SurveyHeader.extended(header, source)
    self.source = source
    self.header = header
    notes = header.notes
    firstRecord = header.recordCount &+ 1
  }

  /// Holds the header against the records below it; where the user said that it is one, it stays.
  mutating func review(isAsked: Bool) throws(Diagnostic) {
    header = try HeaderReview.reviewed(header, source, isAsked: isAsked)
    notes = header.notes
    firstRecord = header.recordCount &+ 1
  }

  /// Where a row stands in the file.
  func place(row: Int, line: Int) -> (file: String, record: Int, line: Int) {
    (source.path, row &+ firstRecord, lines?.line(of: row &+ firstLine) ?? line)
  }
}

/// The columns of a dataset that comes from several files.
struct TableUnion {
  private(set) var parts: [TablePart]
  private(set) var headers: [String] = []
  /// The headers with what further records say about them in brackets.
  private(set) var described: [String] = []
  private(set) var lists: Set<Int> = []
  private(set) var notes: [String] = []
  private var indexes: [String: Int] = [:]

  /// Gives every part the places of its columns, found by name; columns that a part does not have
  /// are missing in its rows.
  init(_ parts: [TablePart]) {
    self.parts = parts
    guard parts.count > 1 else {
      headers = parts.first?.header.names ?? []
      described = parts.first?.header.described ?? []
      lists = parts.first?.lists ?? []
      notes = parts.first?.notes ?? []
      return
    }
    let found = parts.map { take($0) }
    for (index, columns) in found.enumerated() {
      self.parts[index].places = headers.indices.map { columns[$0] ?? -1 }
      let texts = parts[index].header.described
      for (column, place) in columns where texts[place] != described[column] {
        self.parts[index].ownTexts[column] = HeaderText(texts[place])
      }
      let absent = headers.indices.filter { columns[$0] == nil }.map {
        SafeText.quoted(headers[$0])
      }
      if !absent.isEmpty {
        let names = SafeText.cut(absent.joined(separator: ", "), 200)
        notes.append("\(fileName(parts[index])) has no \(names); missing in its rows")
      }
      notes += parts[index].notes.map { "\(fileName(parts[index])): \($0)" }
    }
    if notes.count > Self.noteLimit {
      let more = notes.count - Self.noteLimit
      notes = notes.prefix(Self.noteLimit) + ["and \(more) more notes about files"]
    }
    notes.insert("read \(parts.count) files as one dataset", at: 0)
  }

  /// Where each column of the dataset stands in a part, whose other columns become new ones.
  private mutating func take(_ part: TablePart) -> [Int: Int] {
    var seen: [String: Int] = [:]
    var columns: [Int: Int] = [:]
    var others: [(place: Int, key: String)] = []
    for (place, name) in part.header.names.enumerated() {
      // The second column of a name belongs to the second of that name in other files.
      let folded = name.lowercased()
      seen[folded, default: 0] &+= 1
      let key = "\(folded)\u{0}\(seen[folded] ?? 0)"
      if let index = indexes[key] { columns[index] = place } else { others.append((place, key)) }
    }
    let texts = part.header.described
    for (place, key) in others {
      let name = part.header.names[place]
      let index =
        alike(name, besides: columns) ?? sameMeaning(texts[place], besides: columns)
        ?? headers.count
      if index == headers.count {
        headers.append(name)
        described.append(texts[place])
      } else {
        notes.append(
          "\(SafeText.quoted(name)) of \(fileName(part)) is \(SafeText.quoted(headers[index]))")
      }
      indexes[key] = index
      columns[index] = place
    }
    for (index, place) in columns where part.lists.contains(place) { lists.insert(index) }
    return columns
  }

  /// The one column whose name differs in blanks, marks and case alone: `Call Id` and `call_id`.
  private func alike(_ name: String, besides taken: [Int: Int]) -> Int? {
    let squashed = HeaderText.squashed(name)
    if squashed.isEmpty { return nil }
    let same = headers.indices.filter { HeaderText.squashed(headers[$0]) == squashed }
    guard same.count == 1, taken[same[0]] == nil else { return nil }
    return same[0]
  }

  /// The one column whose header names another unit or zone: `created (UTC)` and `created (CET)`.
  private func sameMeaning(_ header: String, besides taken: [Int: Int]) -> Int? {
    let text = HeaderText(header)
    guard text.unit != nil || text.zone?.rules != nil else { return nil }
    let same = described.indices.filter { index in
      let other = HeaderText(described[index])
      return other.keys.last == text.keys.last && (other.unit == nil) == (text.unit == nil)
        && (other.zone?.rules == nil) == (text.zone?.rules == nil)
    }
    guard same.count == 1, taken[same[0]] == nil else { return nil }
    return same[0]
  }

  private func fileName(_ part: TablePart) -> String {
    let path = part.source.path
    return SafeText.quoted(path.split(separator: "/").last.map(String.init) ?? path)
  }

  private static let noteLimit = 20
}
