/// Rows of text cells, read from CSV.
struct DelimitedText {
  var header: [String] = []
  var rows: [[String]] = []

  init(_ text: String) {
    var lines: [[String]] = []
    var cells: [String] = []
    var cell = ""
    var isQuoted = false
    var iterator = text.unicodeScalars.makeIterator()
    var next = iterator.next()
    while let scalar = next {
      next = iterator.next()
      switch scalar {
      case "\"" where isQuoted && next == "\"":
        cell.unicodeScalars.append(scalar)
        next = iterator.next()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        cells.append(cell)
        cell = ""
      case "\r" where !isQuoted && next == "\n": break
      case "\n" where !isQuoted:
        lines.append(cells + [cell])
        (cells, cell) = ([], "")
      default: cell.unicodeScalars.append(scalar)
      }
    }
    if !cell.isEmpty || !cells.isEmpty { lines.append(cells + [cell]) }
    header = lines.first ?? []
    rows = Array(lines.dropFirst())
  }

  /// The first differences from what is expected, in words; only the expected columns are looked
  /// at, unless `isWhole` asks for no others.
  func differences(
    from expected: DelimitedText, relative tolerance: Double, isWhole: Bool
  ) -> [String] {
    var found: [String] = []
    if isWhole, header != expected.header {
      found.append("columns \(header), not \(expected.header)")
    }
    if rows.count != expected.rows.count {
      found.append("\(rows.count) rows, not \(expected.rows.count)")
    }
    for (index, name) in expected.header.enumerated() {
      guard let own = header.firstIndex(of: name) else {
        found.append("no column \(name) among \(header)")
        continue
      }
      for (row, (have, want)) in zip(rows, expected.rows).enumerated()
      where !Self.isSame(have[own], want[index], tolerance) {
        found.append("row \(row + 1), \(name): '\(have[own])', not '\(want[index])'")
      }
    }
    return Array(found.prefix(8))
  }

  private static func isSame(_ have: String, _ want: String, _ tolerance: Double) -> Bool {
    if have == want { return true }
    guard let left = Double(have), let right = Double(want) else { return false }
    return abs(left - right) <= tolerance * max(abs(left), abs(right))
  }
}
