/// A raster of dots in cells of characters: Braille with 2 by 4 dots to a cell, or, where there
/// is no Unicode, 1 by 2.
struct DotCanvas {
  let width: Int
  let height: Int
  /// Dots from left to right and from top to bottom.
  var dotColumns: Int { width * cellColumns }
  var dotRows: Int { height * cellRows }

  private let cellColumns: Int
  private let cellRows: Int
  private var masks: [UInt8]
  private var marks: [Character?]
  /// The pen that drew last in the cell.
  private var pens: [Int]

  /// A pen for what stands in the background, such as whiskers.
  static let faint = -1

  /// An empty canvas of so many cells.
  init(width: Int, height: Int, usesASCII: Bool) {
    self.width = width
    self.height = height
    (cellColumns, cellRows) = usesASCII ? (1, 2) : (2, 4)
    masks = Array(repeating: 0, count: width * height)
    marks = Array(repeating: nil, count: width * height)
    pens = Array(repeating: Self.faint, count: width * height)
  }

  /// Draws one dot; beyond the edge there is nothing to draw on.
  mutating func dot(_ x: Int, _ y: Int, pen: Int) {
    guard x >= 0, y >= 0, x < dotColumns, y < dotRows else { return }
    let cell = y / cellRows * width + x / cellColumns
    masks[cell] |= 1 << UInt8((y % cellRows) * 2 + x % cellColumns)
    if pen != Self.faint { pens[cell] = pen }
  }

  /// Draws a straight line (Bresenham).
  mutating func line(_ from: (x: Int, y: Int), _ to: (x: Int, y: Int), pen: Int) {
    let (width, height) = (abs(to.x - from.x), -abs(to.y - from.y))
    let (stepX, stepY) = (from.x < to.x ? 1 : -1, from.y < to.y ? 1 : -1)
    var (x, y) = from
    var error = width + height
    while true {
      dot(x, y, pen: pen)
      if x == to.x && y == to.y { return }
      let doubled = 2 * error
      if doubled >= height {
        error += height
        x += stepX
      }
      if doubled <= width {
        error += width
        y += stepY
      }
    }
  }

  /// Puts a character in the cell that holds the dot.
  mutating func mark(_ x: Int, _ y: Int, _ character: Character) {
    guard x >= 0, y >= 0, x < dotColumns, y < dotRows else { return }
    marks[y / cellRows * width + x / cellColumns] = character
  }

  /// The cells of a row from left to right up to the last that is not blank, as runs of one pen.
  func runs(inRow row: Int) -> [(text: String, pen: Int)] {
    var runs: [(text: String, pen: Int)] = []
    let cells = row * width..<(row + 1) * width
    let end = cells.last { masks[$0] != 0 || marks[$0] != nil } ?? cells.lowerBound - 1
    for cell in cells where cell <= end {
      let character = marks[cell] ?? self.character(masks[cell])
      if let last = runs.last, last.pen == pens[cell] {
        runs[runs.count - 1].text.append(character)
      } else {
        runs.append((String(character), pens[cell]))
      }
    }
    return runs
  }

  private func character(_ mask: UInt8) -> Character {
    if mask == 0 { return " " }
    if cellRows == 2 { return mask & 1 == 0 ? "." : mask & 4 == 0 ? "'" : ":" }
    // Braille counts the upper six dots down the columns and the last two across.
    var bits: UInt32 = 0
    let places: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
    for (index, place) in places.enumerated() where mask & (1 << UInt8(index)) != 0 {
      bits |= place
    }
    return Unicode.Scalar(0x2800 + bits).map { Character($0) } ?? " "
  }
}
