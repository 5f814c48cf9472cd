/// Numbers, durations, times, dates and booleans: as narrow as all values allow.
///
/// A value is `stored / 10^scale` for the integer widths, so that decimals such as money are
/// exact; booleans are 0 and 1; times are seconds since 1970 in UTC.
public final class NumberColumn: Sendable {
  /// How a value is stored.
  public enum Width: UInt8, Sendable {
    case int8, int16, int32, int64, float64

    /// Bytes of one value.
    @inlinable
    public var byteCount: Int {
      switch self {
      case .int8: 1
      case .int16: 2
      case .int32: 4
      case .int64, .float64: 8
      }
    }

    /// The narrowest integer width that holds both numbers.
    public static func narrowest(_ minimum: Int64, _ maximum: Int64) -> Width {
      if minimum >= -0x80, maximum <= 0x7f { return .int8 }
      if minimum >= -0x8000, maximum <= 0x7fff { return .int16 }
      if minimum >= -0x8000_0000, maximum <= 0x7fff_ffff { return .int32 }
      return .int64
    }
  }

  /// How a value is stored.
  public let width: Width
  /// Decimal digits behind the point of the stored integers; 0 to 18, and 0 for `float64`.
  public let scale: Int
  /// The bytes of the values.
  public let memory: ColumnMemory
  /// How many there are.
  public let count: Int
  /// The rows that have a value; nil where all have. Rows without one are stored as 0.
  public let validity: Bitmap?
  /// The smallest and the largest stored integer over the rows with a value; 0 and 0 where there
  /// is none or the width is `float64`.
  public let minimum: Int64
  /// The largest stored integer.
  public let maximum: Int64
  /// The smallest and the largest stored integer of each block of `blockLength` rows, twice as
  /// long as there are blocks: minimum, maximum, minimum, …; a block without values has
  /// `Int64.max`, `Int64.min`. Empty for `float64`.
  public let blockBounds: [Int64]

  /// Rows in a block of `blockBounds`; scans go block by block too.
  public static let blockLength = 16_384

  /// A column over filled memory; bounds are found by a scan.
  public convenience init(
    width: Width, scale: Int = 0, memory: ColumnMemory, count: Int, validity: Bitmap? = nil
  ) {
    self.init(
      width: width, scale: scale, memory: memory, count: count, validity: validity,
      blockBounds: BlockBounds.scan(
        width: width, memory: memory, count: count, validity: validity))
  }

  /// A column over filled memory whose bounds are known, a pair for each block of rows.
  public init(
    width: Width, scale: Int, memory: ColumnMemory, count: Int, validity: Bitmap?,
    blockBounds: [Int64]
  ) {
    self.width = width
    self.scale = scale
    self.memory = memory
    self.count = count
    self.validity = validity
    self.blockBounds = blockBounds
    var low = Int64.max
    var high = Int64.min
    for block in stride(from: 0, to: blockBounds.count, by: 2) {
      low = min(low, blockBounds[block])
      high = max(high, blockBounds[block + 1])
    }
    minimum = low <= high ? low : 0
    maximum = low <= high ? high : 0
  }

  /// A column of integers, as narrow as they allow; for small tables and tests.
  public convenience init(_ values: [Int64?], scale: Int = 0) {
    let known = values.compactMap { $0 }
    let width = Width.narrowest(known.min() ?? 0, known.max() ?? 0)
    let memory = ColumnMemory(byteCount: values.count &* width.byteCount)
    for (row, value) in values.enumerated() {
      NumberColumn.store(value ?? 0, in: memory, width: width, row: row)
    }
    self.init(
      width: width, scale: scale, memory: memory, count: values.count,
      validity: known.count == values.count ? nil : Bitmap(values.map { $0 != nil }))
  }

  /// A column of doubles; for small tables and tests.
  public convenience init(doubles values: [Double?]) {
    let memory = ColumnMemory(byteCount: values.count &* 8)
    let pointer = memory.pointer(as: Double.self)
    for (row, value) in values.enumerated() { pointer[row] = value ?? 0 }
    self.init(
      width: .float64, memory: memory, count: values.count,
      validity: values.contains { $0 == nil } ? Bitmap(values.map { $0 != nil }) : nil)
  }

  /// Stores an integer that fits the width.
  @inlinable
  public static func store(_ value: Int64, in memory: ColumnMemory, width: Width, row: Int) {
    switch width {
    case .int8: memory.pointer(as: Int8.self)[row] = Int8(truncatingIfNeeded: value)
    case .int16: memory.pointer(as: Int16.self)[row] = Int16(truncatingIfNeeded: value)
    case .int32: memory.pointer(as: Int32.self)[row] = Int32(truncatingIfNeeded: value)
    case .int64: memory.pointer(as: Int64.self)[row] = value
    case .float64: memory.pointer(as: Double.self)[row] = Double(value)
    }
  }

  /// Whether a row has a value.
  @inlinable
  public func isValid(_ row: Int) -> Bool { validity.map { $0[row] } ?? true }

  /// The stored integer of a row; meaningless for `float64`.
  @inlinable
  public func stored(_ row: Int) -> Int64 {
    switch width {
    case .int8: Int64(memory.pointer(as: Int8.self)[row])
    case .int16: Int64(memory.pointer(as: Int16.self)[row])
    case .int32: Int64(memory.pointer(as: Int32.self)[row])
    case .int64, .float64: memory.pointer(as: Int64.self)[row]
    }
  }

  /// The value of a row, nil where missing.
  public func double(_ row: Int) -> Double? {
    guard isValid(row) else { return nil }
    if width == .float64 { return memory.pointer(as: Double.self)[row] }
    return Double(stored(row)) / PowersOfTen.double(scale)
  }
}

/// The powers of ten that decimals are scaled by.
public enum PowersOfTen {
  private static let integers: [Int64] = (0...18).map { exponent in
    (0..<exponent).reduce(Int64(1)) { power, _ in power &* 10 }
  }

  /// 10 to the power of 0 to 18; larger exponents are taken as 18.
  public static func integer(_ exponent: Int) -> Int64 { integers[min(max(exponent, 0), 18)] }

  /// The same as a double.
  public static func double(_ exponent: Int) -> Double { Double(integer(exponent)) }
}
