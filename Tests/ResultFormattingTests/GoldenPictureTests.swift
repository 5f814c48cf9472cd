import Foundation
import ResultFormatting
import Testing

/// The SVG of each kind of picture, held against files that were looked at in a browser.
///
/// `DESKQL_RECORD=1` writes them anew and fails that run.
@Suite("Golden SVG")
struct GoldenPictureTests {
  private static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("Pictures")

  @Test(arguments: [
    ("bars", Drawn.byChannel), ("line", Drawn.byMonth), ("lines", Drawn.byMonthAndChannel),
    ("heat", Drawn.byWeekdayAndHour), ("sparks", Drawn.sparks),
  ])
  func picture(name: String, table: ResultTable) throws {
    let file = Self.folder.appendingPathComponent(name + ".svg")
    let drawn = text(table, .svg)
    if ProcessInfo.processInfo.environment["DESKQL_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: Self.folder, withIntermediateDirectories: true)
      try drawn.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name).svg: look at it in a browser")
    } else {
      #expect(try String(contentsOf: file, encoding: .utf8) == drawn)
    }
  }

  @Test func shadesAreOfThePaletteOf256Colours() {
    let picture = text(
      Drawn.byWeekdayAndHour, .chart, terminal: .init(width: 40, usesColor: true))
    #expect(picture.contains("\u{1B}[38;5;54m"), "the lowest")
    #expect(picture.contains("\u{1B}[38;5;220m"), "the highest")
  }
}
