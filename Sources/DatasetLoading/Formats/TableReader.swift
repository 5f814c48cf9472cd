import ColumnStore
import Diagnostics

/// Finds out what a file holds, by its bytes and never by its name, and gives its tables as text.
struct TableReader {
  private let file: ByteSource
  private let options: LoadOptions
  private let tuning: LoadTuning
  private let isCancelled: CancellationFlag
  /// What a list of the dataset's records may be called, the likeliest first.
  private let listNames: [String]

  init(_ file: ByteSource, _ request: LoadRequest, _ tuning: LoadTuning) {
    self.file = file
    options = request.options
    self.tuning = tuning
    isCancelled = request.cancellation
    listNames = DatasetRole.listNames(name: request.name, path: request.path)
  }

  private static let headSize = 4_096

  /// The bytes of the file as they stand.
  private var bytes: StreamOpener {
    let (file, flag) = (file, isCancelled)
    return StreamOpener { CancellableStream(SourceStream(file), flag) }
  }

  /// Whether the file is text as it stands, and no JSON.
  func isDelimitedText() throws(Diagnostic) -> Bool {
    let head = try bytes.head(TableReader.headSize)
    return Packing(head) == nil && !FileKind.isSQLite(head) && !FileKind.isZip(head)
      && !FileKind.isJSON(head)
  }

  /// The tables of the file; several only where a database holds several.
  func tables() throws(Diagnostic) -> [TablePart] {
    let file = self.file
    let path = file.path
    var head = try bytes.head(TableReader.headSize)
    var opener: StreamOpener?
    var packings: [String] = []
    // What is packed may be packed again, though hardly more than twice.
    for _ in 0..<3 {
      guard let packing = Packing(head) else { break }
      let next = packing.opener(opener ?? bytes, path: path)
      head = try next.head(TableReader.headSize)
      opener = next
      packings.append(packing.rawValue)
    }
    if FileKind.isSQLite(head) {
      return try SQLiteTables.read(file, opener, options, isCancelled)
    }
    if FileKind.isZip(head) {
      if opener != nil { throw LoadErrors.packedArchive(path) }
      return [try archive(try ZipArchive(file))]
    }
    var part = try text(opener, head)
    for packing in packings { part.format += ", packed by \(packing)" }
    return [part]
  }

  /// A workbook, or the one text that an archive holds.
  private func archive(_ archive: ZipArchive) throws(Diagnostic) -> TablePart {
    if archive.entry(Workbook.bookName) != nil {
      return try Workbook(archive, isCancelled).part(options)
    }
    let files = archive.entries.filter { entry in
      !entry.name.hasSuffix("/") && !entry.name.hasPrefix("__MACOSX/")
    }
    guard files.count == 1, let entry = files.first else {
      throw LoadErrors.severalFiles(file.path, files.map(\.name))
    }
    let flag = isCancelled
    let opener = StreamOpener { () throws(Diagnostic) in
      CancellableStream(try archive.stream(entry), flag)
    }
    var part = try text(opener, try opener.head(TableReader.headSize))
    part.format += ", packed by zip"
    part.notes.append("the file \(SafeText.quoted(entry.name)) in the zip archive")
    return part
  }

  /// Text of some encoding: JSON or delimited.
  private func text(_ packed: StreamOpener?, _ head: [UInt8]) throws(Diagnostic) -> TablePart {
    let file = self.file
    let path = file.path
    try FileKind.check(head, path: path)
    var opener = packed
    var head = head
    let marked = TextEncoding.marked(head)
    if let encoding = marked?.encoding ?? options.encoding, !encoding.isUTF8 {
      let inner = packed ?? bytes
      let skip = marked?.length ?? 0
      let decoded = StreamOpener { () throws(Diagnostic) in
        TranscodingStream(try inner.open(), encoding, skip: skip, path: path)
      }
      opener = decoded
      head = try decoded.head(TableReader.headSize)
    }
    let encoding = marked?.encoding ?? options.encoding ?? .utf8
    var part: TablePart
    if tuning.delimiter == nil, options.delimiter == nil, FileKind.isJSON(head) {
      part = try json(opener ?? bytes)
    } else {
      part = try delimited(opener, head)
    }
    part.format += ", in \(encoding.name)"
    if let marked, let asked = options.encoding, marked.encoding.name != asked.name {
      part.notes.append("the file's first bytes say \(marked.encoding.name); read so")
    }
    return part
  }

  private func delimited(
    _ opener: StreamOpener?, _ head: [UInt8]
  ) throws(Diagnostic) -> TablePart {
    var source = opener.map { TextSource(file, $0) } ?? TextSource(file)
    let remark = FileKind.remark(head)
    var start = TableStart()
    if let delimiter = tuning.delimiter {
      start.dialect = WrittenDialect([delimiter])
    } else {
      let (bytes, isWhole) = try source.bytes(from: 0, TableReader.sniffedSize)
      start = TableStart.find(bytes, isWhole: isWhole, asked: options)
    }
    let dialect = start.dialect
    var header: CSVHeader
    do throws(Diagnostic) {
      if !dialect.isPlain {
        source = TextSource(file, rewritten(opener ?? bytes, start))
        start.offset = 0
      }
      header = try CSVHeader.read(
        source,
        CSVHeader.Options(
          delimiter: dialect.isPlain ? dialect.delimiter[0] : UInt8(ascii: ","),
          hasNames: options.hasHeader, offset: start.offset, lineCount: start.lineCount))
    } catch {
      throw error.adding(remark)
    }
    header.notes = start.notes + header.notes
    var part = try TablePart(source, header, isPlain: tuning.isAllText || !options.hasHeader)
    if options.hasHeader, !tuning.isAllText, part.header.recordCount == 1 {
      try part.review(isAsked: options.isHeaderAsked)
    }
    part.format = "delimited text, \(dialect.words)"
    if let remark { part.notes.append(remark) }
    part.suspicion = remark
    return part
  }

  /// The bytes that are looked at to find out how a text is written.
  private static let sniffedSize = 1 << 16

  /// A text in another dialect as the scan of chunks reads it.
  private func rewritten(_ opener: StreamOpener, _ start: TableStart) -> StreamOpener {
    let path = file.path
    return StreamOpener { () throws(Diagnostic) in
      let stream = try opener.open()
      var rest = start.offset
      var skipped: UInt8 = 0
      while rest > 0, try stream.read(&skipped, count: 1) > 0 { rest &-= 1 }
      let reader = DialectReader(
        stream, start.dialect, path: path, offset: start.offset, line: start.lineCount)
      return DialectStream(reader)
    }
  }

  private func json(_ opener: StreamOpener) throws(Diagnostic) -> TablePart {
    let path = file.path
    let survey = try JSONSurvey(opener, path: path, names: listNames)
    if survey.columns.isEmpty { throw LoadErrors.noRecords(path) }
    let rows = StreamOpener { () throws(Diagnostic) in
      try JSONStream(opener, survey, path: path)
    }
    let source = TextSource(file, rows)
    var part = try TablePart(source, try CSVHeader.read(source, .converted))
    part.format = survey.arrayKeys == nil ? "JSON Lines" : "JSON"
    if survey.arrayKeys == nil, survey.recordCount == 1 {
      part.notes.append("the file is one JSON object, read as a single record")
    }
    part.notes += survey.notes
    part.textLists = survey.textLists
    part.lists = Set(survey.columns.indices.filter { survey.columns[$0].isList })
    part.lines = survey.lines
    part.firstRecord = 1
    return part
  }
}

extension CSVHeader.Options {
  /// How rows are read that `RowWriter` wrote.
  static let converted = CSVHeader.Options(delimiter: UInt8(ascii: ","))
}

extension Diagnostic {
  /// The same with a further note.
  func adding(_ note: String?) -> Diagnostic {
    var copy = self
    if let note { copy.notes.append(note) }
    return copy
  }
}
