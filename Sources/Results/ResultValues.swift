/// The cells of a column, one for each row.
///
/// Millions of them are kept as plain numbers, or as codes of a few values; a cell is made when
/// it is looked at.
public struct ResultValues: RandomAccessCollection, Sendable {
  private enum Storage: Sendable {
    case cells([ResultValue])
    /// Indices into a table of cells.
    case coded([UInt32], table: [ResultValue])
    /// `isKnown` is empty where all are known.
    case integers([Int64], isKnown: [Bool])
    case numbers([Double], isKnown: [Bool])
  }

  private let storage: Storage
  /// How many rows there are.
  public let count: Int
  /// The first row.
  public var startIndex: Int { 0 }
  /// Behind the last row.
  public var endIndex: Int { count }

  /// Cells as they are.
  public init(_ cells: some Sequence<ResultValue>) {
    let cells = Array(cells)
    storage = .cells(cells)
    count = cells.count
  }

  /// For each row the index of its cell in a table.
  ///
  /// - Precondition: every code is an index of the table.
  public init(codes: [UInt32], table: [ResultValue]) {
    storage = .coded(codes, table: table)
    count = codes.count
  }

  /// Whole numbers; `isKnown` tells which rows have one, and is empty where all have.
  public init(integers: [Int64], isKnown: [Bool] = []) {
    storage = .integers(integers, isKnown: isKnown)
    count = integers.count
  }

  /// Numbers; `isKnown` tells which rows have one, and is empty where all have.
  public init(numbers: [Double], isKnown: [Bool] = []) {
    storage = .numbers(numbers, isKnown: isKnown)
    count = numbers.count
  }

  /// The cell of a row.
  public subscript(row: Int) -> ResultValue {
    switch storage {
    case .cells(let cells): cells[row]
    case .coded(let codes, let table): table[Int(codes[row])]
    case .integers(let values, let isKnown):
      isKnown.isEmpty || isKnown[row] ? .integer(values[row]) : .missing
    case .numbers(let values, let isKnown):
      isKnown.isEmpty || isKnown[row] ? .number(values[row]) : .missing
    }
  }
}

extension ResultValues: Equatable, ExpressibleByArrayLiteral {
  /// Whether both have equal cells, however they are kept.
  public static func == (left: ResultValues, right: ResultValues) -> Bool {
    left.elementsEqual(right)
  }

  /// Cells as they are.
  public init(arrayLiteral cells: ResultValue...) { self.init(cells) }
}
