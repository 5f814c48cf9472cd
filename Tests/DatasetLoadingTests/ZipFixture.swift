import Foundation

/// Builds zip archives of files that are not packed, such as workbooks.
enum ZipFixture {
  /// An archive of named files.
  static func archive(_ files: [(name: String, text: String)]) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for (name, text) in files {
      let content = Array(text.utf8)
      let sizes =
        number(Int(checksum(content)), 4) + number(content.count, 4) + number(content.count, 4)
      let offset = bytes.count
      bytes += number(0x0403_4B50, 4) + number(20, 2) + number(0, 2) + number(0, 2)
      bytes += number(0, 4) + sizes + number(name.utf8.count, 2) + number(0, 2)
      bytes += Array(name.utf8) + content
      directory += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + number(0, 2)
      directory += number(0, 2) + number(0, 4) + sizes + number(name.utf8.count, 2)
      directory += number(0, 12) + number(offset, 4) + Array(name.utf8)
    }
    let start = bytes.count
    bytes += directory + number(0x0605_4B50, 4) + number(0, 4) + number(files.count, 2)
    bytes += number(files.count, 2) + number(directory.count, 4) + number(start, 4) + number(0, 2)
    return bytes
  }

  /// A workbook with sheets of the given XML rows, and some shared texts and styles.
  static func workbook(
    _ sheets: [(name: String, rows: String)], strings: String = "", is1904: Bool = false
  ) -> [UInt8] {
    var files = [(name: "[Content_Types].xml", text: "<Types/>")]
    var list = ""
    var relations = ""
    for (index, sheet) in sheets.enumerated() {
      list += "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" r:id=\"rId\(index + 1)\"/>"
      relations +=
        "<Relationship Id=\"rId\(index + 1)\" Type=\"http://x/worksheet\" "
        + "Target=\"worksheets/sheet\(index + 1).xml\"/>"
      files.append(
        (
          "xl/worksheets/sheet\(index + 1).xml",
          "<?xml version=\"1.0\"?><worksheet><sheetData>\(sheet.rows)</sheetData></worksheet>"
        ))
    }
    relations +=
      "<Relationship Id=\"s\" Type=\"http://x/sharedStrings\" Target=\"sharedStrings.xml\"/>"
    relations += "<Relationship Id=\"t\" Type=\"http://x/styles\" Target=\"styles.xml\"/>"
    files.append(
      (
        "xl/workbook.xml",
        "<workbook><workbookPr\(is1904 ? " date1904=\"1\"" : "")/><sheets>\(list)</sheets></workbook>"
      ))
    files.append(("xl/_rels/workbook.xml.rels", "<Relationships>\(relations)</Relationships>"))
    files.append(("xl/sharedStrings.xml", "<sst>\(strings)</sst>"))
    files.append(("xl/styles.xml", styles))
    return archive(files)
  }

  /// Style 1 is a date, 2 a date with a time, 3 a length of time, 4 a percentage.
  private static let styles =
    "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd hh:mm\"/>"
    + "<numFmt numFmtId=\"165\" formatCode=\"[h]:mm:ss\"/></numFmts>"
    + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
    + "<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"9\"/>"
    + "</cellXfs></styleSheet>"

  private static func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> ($0 * 8)) : 0 }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value = UInt32.max
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }
}
