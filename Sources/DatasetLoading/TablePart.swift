import Diagnostics

/// A table as one file has it: text with a header, in which the columns of the dataset are found.
struct TablePart: Sendable {
  let source: TextSource
  private(set) var header: CSVHeader
  /// The table's name, where the file may hold several.
  var name: String?
  /// The columns that hold lists, split at `JSONRecordReader.listSeparator`.
  var lists: Set<Int> = []
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
enum TableUnion {
  /// Gives every part the places of its columns, found by name; columns that a part does not have
  /// are missing in its rows.
  static func join(
    _ parts: [TablePart]
  ) -> (parts: [TablePart], headers: [String], lists: Set<Int>, notes: [String]) {
    guard let first = parts.first else { return ([], [], [], []) }
    if parts.count == 1 { return (parts, first.header.names, first.lists, first.notes) }
    var headers: [String] = []
    var indexes: [String: Int] = [:]
    var lists: Set<Int> = []
    var found: [[Int: Int]] = []
    for part in parts {
      var seen: [String: Int] = [:]
      var columns: [Int: Int] = [:]
      for (place, name) in part.header.names.enumerated() {
        // The second column of a name belongs to the second of that name in other files.
        let folded = name.lowercased()
        seen[folded, default: 0] &+= 1
        let key = "\(folded)\u{0}\(seen[folded] ?? 0)"
        let index = indexes[key] ?? headers.count
        if index == headers.count {
          indexes[key] = index
          headers.append(name)
        }
        columns[index] = place
        if part.lists.contains(place) { lists.insert(index) }
      }
      found.append(columns)
    }
    var joined = parts
    var notes: [String] = []
    for (index, columns) in found.enumerated() {
      let path = parts[index].source.path
      let file = SafeText.quoted(path.split(separator: "/").last.map(String.init) ?? path)
      joined[index].places = headers.indices.map { columns[$0] ?? -1 }
      let absent = headers.indices.filter { columns[$0] == nil }.map {
        SafeText.quoted(headers[$0])
      }
      if !absent.isEmpty {
        let names = SafeText.cut(absent.joined(separator: ", "), 200)
        notes.append("\(file) has no \(names); missing in its rows")
      }
      notes += parts[index].notes.map { "\(file): \($0)" }
    }
    if notes.count > noteLimit {
      notes = notes.prefix(noteLimit) + ["and \(notes.count - noteLimit) more notes about files"]
    }
    return (joined, headers, lists, ["read \(parts.count) files as one dataset"] + notes)
  }

  private static let noteLimit = 20
}
