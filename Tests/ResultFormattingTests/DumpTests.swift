import Foundation
import Testing

@testable import ResultFormatting

@Test func dumpGoldens() throws {
  func put(_ name: String, _ text: String) throws {
    try text.write(toFile: "/tmp/charts/golden-\(name).txt", atomically: false, encoding: .utf8)
  }
  let t = FormatOptions.Terminal(width: 60)
  var spark = Drawn.byMonthAndChannel
  spark.chart = .spark
  for (n, table) in [
    ("bars", Drawn.byChannel), ("line", Drawn.byMonth), ("lines", Drawn.byMonthAndChannel),
    ("heat", Drawn.byWeekdayAndHour), ("spark", spark),
  ] {
    try put(n, text(table, .table, terminal: t))
    try put(n + "-ascii", text(table, .table, terminal: t, ascii: true))
    try put(n + "-svg", text(table, .svg))
    try put(n + "-html", text(table, .report))
  }
  try put("comparison", text(ComparisonTests.table, .table, terminal: .init(width: 130)))
}
