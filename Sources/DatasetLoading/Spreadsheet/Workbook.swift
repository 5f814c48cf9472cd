import ColumnStore
import Diagnostics

/// An Excel workbook (.xlsx): a zip archive of XML files.
struct Workbook: Sendable {
  /// A sheet by its name, with the file in the archive that holds it.
  private struct Sheet {
    var name: String
    var entry: ZipArchive.Entry
    var isHidden: Bool
  }

  private let file: ByteSource
  private let archive: ZipArchive
  private let flag: CancellationFlag
  private let styles: WorkbookStyles
  private let strings: SharedStrings
  private let sheets: [Sheet]
  private let is1904: Bool

  /// Opens the workbook in an archive.
  init(_ archive: ZipArchive, _ flag: CancellationFlag) throws(Diagnostic) {
    self.archive = archive
    self.flag = flag
    file = archive.file
    let path = archive.file.path
    guard let book = archive.entry(Workbook.bookName) else {
      throw ZipArchive.damaged(archive.file, "it holds no workbook")
    }
    let targets = try Workbook.targets(archive)
    styles =
      try targets.first(ofKind: "styles").map { target throws(Diagnostic) in
        try WorkbookStyles(try archive.stream(target), path: path)
      } ?? WorkbookStyles()
    strings =
      try targets.first(ofKind: "sharedStrings").map { target throws(Diagnostic) in
        try SharedStrings(
          CancellableStream(try archive.stream(target), flag), path: path)
      } ?? SharedStrings()
    let xml = try XMLReader(try archive.stream(book), path: path)
    var sheets: [Sheet] = []
    var is1904 = false
    loop: while true {
      switch try xml.next() {
      case .open:
        if xml.isNamed("workbookPr") {
          is1904 = ["1", "true"].contains(try xml.attribute("date1904") ?? "")
        }
        // Sheets that hold a chart or a macro are of another kind.
        if xml.isNamed("sheet"), let name = try xml.attribute("name"),
          let id = try xml.attribute("id"), let target = targets[id], target.kind == "worksheet"
        {
          let state = try xml.attribute("state") ?? ""
          sheets.append(
            Sheet(
              name: name, entry: target.entry,
              isHidden: state.hasPrefix("h") || state.hasPrefix("v")))
        }
      case .close: continue
      case .end: break loop
      }
    }
    self.sheets = sheets
    self.is1904 = is1904
  }

  /// Where an archive keeps the list of sheets.
  static let bookName = "xl/workbook.xml"

  /// The table of the sheet that the user names, or of the first that holds anything.
  func part(_ options: LoadOptions) throws(Diagnostic) -> TablePart {
    let names = sheets.map(\.name)
    if let wanted = options.sheet ?? options.table {
      let named =
        sheets.first { $0.name == wanted }
        ?? sheets.first { $0.name.lowercased() == wanted.lowercased() }
      guard let named else { throw LoadErrors.unknownPart(file.path, "sheet", wanted, names) }
      guard let part = try part(named, options) else { throw LoadErrors.noHeader(file.path) }
      return part
    }
    for sheet in sheets.filter({ !$0.isHidden }) + sheets.filter(\.isHidden) {
      guard var part = try part(sheet, options) else { continue }
      if sheets.count > 1 {
        let others = names.filter { $0 != sheet.name }.prefix(10).map { SafeText.quoted($0) }
        part.notes.append(
          "the sheet \(SafeText.quoted(sheet.name)); left out: "
            + "\(SafeText.cut(others.joined(separator: ", "), 300)); "
            + "with (sheet = 'name') reads one")
      }
      return part
    }
    throw LoadErrors.noHeader(file.path)
  }

  private func part(_ sheet: Sheet, _ options: LoadOptions) throws(Diagnostic) -> TablePart? {
    let book = self
    let entry = sheet.entry
    let survey = try SheetSurvey(try book.reader(entry))
    if survey.columnCount == 0 { return nil }
    let lines = RecordLines()
    let rows = StreamOpener { () throws(Diagnostic) in
      SheetStream(try book.reader(entry), survey, lines)
    }
    let source = TextSource(file, rows)
    var dialect = CSVHeader.Options.converted
    dialect.hasNames = options.hasHeader
    let header = try CSVHeader.read(source, dialect)
    var part = try TablePart(source, header, isPlain: !options.hasHeader)
    part.lines = lines
    part.firstLine = part.firstRecord &- 1
    part.notes += survey.notes
    part.format = "the sheet \(SafeText.quoted(sheet.name)) of an Excel workbook"
    return part
  }

  private func reader(_ entry: ZipArchive.Entry) throws(Diagnostic) -> SheetReader {
    let stream = CancellableStream(try archive.stream(entry), flag)
    return try SheetReader(
      stream, strings: strings, styles: styles, is1904: is1904, path: file.path)
  }

  /// The files that the workbook refers to, by the names of the references.
  private static func targets(_ archive: ZipArchive) throws(Diagnostic) -> [String: Target] {
    guard let entry = archive.entry("xl/_rels/workbook.xml.rels") else { return [:] }
    let xml = try XMLReader(try archive.stream(entry), path: archive.file.path)
    var targets: [String: Target] = [:]
    while true {
      switch try xml.next() {
      case .open:
        guard xml.isNamed("Relationship"), let id = try xml.attribute("Id"),
          let target = try xml.attribute("Target"), let type = try xml.attribute("Type")
        else { continue }
        let name = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
        guard let entry = archive.entry(name) else { continue }
        let kind = type.split(separator: "/").last.map(String.init) ?? ""
        targets[id] = Target(kind: kind, entry: entry)
      case .close: continue
      case .end: return targets
      }
    }
  }

  /// A file that the workbook refers to, and what it is to it.
  fileprivate struct Target {
    var kind: String
    var entry: ZipArchive.Entry
  }
}

extension [String: Workbook.Target] {
  fileprivate func first(ofKind kind: String) -> ZipArchive.Entry? {
    values.first { $0.kind == kind }?.entry
  }
}
