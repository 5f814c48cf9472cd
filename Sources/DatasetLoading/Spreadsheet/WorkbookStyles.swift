import Diagnostics

/// How the cells of a workbook show their numbers.
struct WorkbookStyles: Sendable {
  private var formats: [ExcelDate.Format] = []

  /// No styles: all cells show plain numbers.
  init() {}

  /// Reads the styles.
  init(_ stream: any ByteStream, path: String) throws(Diagnostic) {
    let xml = try XMLReader(stream, path: path)
    var named: [Int: ExcelDate.Format] = [:]
    var isInCells = false
    loop: while true {
      switch try xml.next() {
      case .open:
        if xml.isNamed("numFmt"), let id = try xml.attribute("numFmtId").flatMap({ Int($0) }),
          let code = try xml.attribute("formatCode")
        {
          named[id] = ExcelDate.format(code)
        }
        if xml.isNamed("cellXfs") { isInCells = true }
        if isInCells, xml.isNamed("xf") {
          let id = try xml.attribute("numFmtId").flatMap { Int($0) } ?? 0
          formats.append(named[id] ?? ExcelDate.builtIn(id))
        }
      case .close: if xml.isNamed("cellXfs") { isInCells = false }
      case .end: break loop
      }
    }
  }

  /// What a style shows.
  func format(_ style: Int) -> ExcelDate.Format {
    style >= 0 && style < formats.count ? formats[style] : .number
  }
}
