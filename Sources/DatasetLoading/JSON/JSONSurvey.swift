import Diagnostics

/// What a JSON file holds: where its records stand and which keys they have.
///
/// All of the file is read for it, so that a key on the last line is known too. Its keys are marked
/// while records are read, by the one stream at a time that a load reads from.
struct JSONSurvey: @unchecked Sendable {
  /// The keys down to the array of records; nil where every value at the top is a record, and
  /// empty where the array itself stands at the top.
  private(set) var arrayKeys: [String]?
  private(set) var root: JSONNode
  /// How many keys have values.
  private(set) var slotCount = 0
  /// The keys that make columns, in the order in which they came.
  private(set) var columns: [JSONNode] = []
  private(set) var recordCount = 0
  private(set) var notes: [String] = []
  /// The keys whose arrays hold objects or arrays; they are kept as JSON text.
  private(set) var textLists: [String] = []
  /// The line on which each record starts.
  let lines = RecordLines()

  /// An array of objects inside the first object of a file.
  private struct Candidate {
    var keys: [String]
    var survey: JSONRecordReader
    var count = 0
    var isSound = true
    var lines = RecordLines()
  }

  /// Reads a file to its end.
  ///
  /// - Parameter names: what the list of the dataset's records may be called, the likeliest first.
  init(_ opener: StreamOpener, path: String, names: [String] = []) throws(Diagnostic) {
    let reader = try JSONReader(try opener.open(), path: path)
    var records = JSONRecordReader(reader, isSurvey: true)
    root = records.root
    var chosen = lines
    switch try reader.next() {
    case 0x5B:
      arrayKeys = []
      recordCount = try JSONSurvey.array(reader, records, lines, depth: 1)
      if try reader.next() != nil { throw reader.failure("there is text behind the array") }
    case 0x7B:
      var candidates: [Candidate] = []
      records.onArray = { keys, depth throws(Diagnostic) in
        try JSONSurvey.takeArray(keys, reader, depth: depth, &candidates)
      }
      lines.add(reader.line)
      try records.readRecord(depth: 1)
      records.onArray = nil
      recordCount = 1
      let endLine = reader.line
      let isWhole = try reader.next() == nil
      if isWhole { try Self.checkEmpty(records, candidates, names, path) }
      if isWhole, let best = Self.best(candidates, names) {
        arrayKeys = best.keys
        records = best.survey
        chosen = best.lines
        recordCount = best.count
        notes.append(JSONSurvey.note(best, among: candidates))
      } else {
        try readLines(reader, records, behind: endLine)
      }
    case nil: throw LoadErrors.noHeader(path)
    default:
      try reader.value(depth: 1)
      throw LoadErrors.noRecords(path)
    }
    lines.take(chosen)
    finish(records)
  }

  /// Reads the values behind the first, each of which must be an object on a line of its own.
  private mutating func readLines(
    _ reader: JSONReader, _ records: JSONRecordReader, behind endLine: Int
  ) throws(Diagnostic) {
    var lastLine = endLine
    while let byte = try reader.next() {
      if reader.line == lastLine { throw reader.failure("there is text behind the object") }
      if byte != 0x7B { throw reader.failure("this is no object, as the values before it are") }
      lines.add(reader.line)
      try records.readRecord(depth: 1)
      lastLine = reader.line
      recordCount &+= 1
    }
  }

  /// Reads an array of objects and gives how many there are.
  private static func array(
    _ reader: JSONReader, _ records: JSONRecordReader, _ lines: RecordLines, depth: Int
  ) throws(Diagnostic) -> Int {
    var count = 0
    reader.advance()
    if try reader.next() != 0x5D {
      while true {
        if try reader.next() != 0x7B {
          try reader.value(depth: depth &+ 1)
          throw reader.failure("element \(count &+ 1) of the array, which ends here, is no object")
        }
        lines.add(reader.line)
        try records.readRecord(depth: depth &+ 1)
        count &+= 1
        if try reader.next() != 0x2C { break }
        reader.advance()
      }
    }
    try reader.expect(0x5D, "a comma or ]")
    return count
  }

  /// Reads an array inside the first object, from its first object on, as a candidate.
  private static func takeArray(
    _ keys: [String], _ reader: JSONReader, depth: Int, _ candidates: inout [Candidate]
  ) throws(Diagnostic) {
    if candidates.contains(where: { $0.keys == keys }) {
      throw reader.failure("the key \(SafeText.quoted(keys.joined(separator: "."))) stands twice")
    }
    var candidate = Candidate(keys: keys, survey: JSONRecordReader(reader, isSurvey: true))
    while true {
      if try reader.next() == 0x7B {
        candidate.lines.add(reader.line)
        try candidate.survey.readRecord(depth: depth &+ 1)
        candidate.count &+= 1
      } else {
        let start = reader.text.count
        try reader.value(depth: depth &+ 1)
        reader.text.truncate(to: start)
        candidate.isSound = false
      }
      if try reader.next() != 0x2C { break }
      reader.advance()
    }
    try reader.expect(0x5D, "a comma or ]")
    candidates.append(candidate)
  }

  /// The list with the dataset's name, else the longest.
  private static func best(_ all: [Candidate], _ names: [String]) -> Candidate? {
    let sound = all.filter(\.isSound)
    for name in names {
      if let named = sound.first(where: { $0.keys.last?.lowercased() == name }) { return named }
    }
    return sound.max { $0.count < $1.count }
  }

  /// Throws where the list that should hold the records is there and empty.
  private static func checkEmpty(
    _ records: JSONRecordReader, _ found: [Candidate], _ names: [String], _ path: String
  ) throws(Diagnostic) {
    if found.contains(where: { names.contains($0.keys.last?.lowercased() ?? "") }) { return }
    let isPage = found.isEmpty && !records.root.children.contains { $0.name.lowercased() == "id" }
    let empty = records.emptyLists.first { keys in
      let name = keys.last?.lowercased() ?? ""
      return isPage
        ? keys.count == 1 && (pageKeys.contains(name) || names.contains(name))
        : name == names.first
    }
    if let empty { throw LoadErrors.emptyList(path, empty.joined(separator: ".")) }
  }

  /// What interfaces call the list of a page's records.
  private static let pageKeys: Set<String> = [
    "data", "results", "items", "records", "rows", "entries", "values", "result", "tickets",
    "conversations", "issues", "cases", "incidents", "users", "customers", "surveys", "responses",
    "ratings", "satisfaction_ratings",
  ]

  private static func note(_ best: Candidate, among all: [Candidate]) -> String {
    let name = SafeText.quoted(best.keys.joined(separator: "."))
    let others = all.filter { $0.isSound && $0.keys != best.keys }.prefix(3).map {
      "\(SafeText.quoted($0.keys.joined(separator: "."))) (\($0.count))"
    }
    let rest = others.isEmpty ? "" : "; left out: \(others.joined(separator: ", "))"
    return "the records are the \(best.count) objects of \(name)\(rest)"
  }

  private mutating func finish(_ records: JSONRecordReader) {
    root = records.root
    slotCount = records.slots.count
    var found: [JSONNode] = []
    root.forEach { if $0.isColumn { found.append($0) } }
    columns = found.sorted { $0.slot < $1.slot }
    if let (key, line) = records.firstDoubled {
      notes.append(
        "\(records.doubledKeys) keys stand twice in their object, the first "
          + "\(SafeText.quoted(key)) on line \(line); the last one counts")
    }
    textLists = columns.filter(\.hasOddList).map(\.name)
  }
}
