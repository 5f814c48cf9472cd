/// Counts of rows by a few places, which stay close to the processor while rows are taken in.
struct PlaceCounts {
  /// How many places there are.
  let count: Int
  /// Each place has `1 << lanes` cells, as the kernels want them.
  let lanes: UInt32
  private var cells: [Int64]

  private static let mostCells = 1 << 15

  /// Nil for too many places.
  init?(_ count: Int) {
    guard count <= Self.mostCells else { return nil }
    self.count = count
    lanes = count << 2 <= Self.mostCells ? 2 : 0
    cells = [Int64](repeating: 0, count: count << Int(lanes))
  }

  /// The count of a place.
  subscript(place: Int) -> Int64 {
    cells[place << Int(lanes)..<(place + 1) << Int(lanes)].reduce(0, &+)
  }

  /// The counts of all places.
  var sums: [Int64] {
    lanes == 0
      ? cells
      : (0..<count).map { place in
        (0..<1 << Int(lanes)).reduce(0) { $0 &+ cells[place << Int(lanes) &+ $1] }
      }
  }

  /// Calls with the cells for a kernel to add to.
  mutating func add(_ body: (UnsafeMutablePointer<Int64>?) -> Void) {
    cells.withUnsafeMutableBufferPointer { body($0.baseAddress) }
  }

  /// Adds to the count of a place.
  mutating func add(_ times: Int64, to place: Int) { cells[place << Int(lanes)] &+= times }

  /// Makes all counts 0.
  mutating func clear() { for cell in cells.indices { cells[cell] = 0 } }
}
