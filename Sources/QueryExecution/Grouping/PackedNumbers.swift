import QueryPlanning

/// The numbers of an expression as keys that are in their order; that of a missing one means
/// nothing.
struct PackedNumbers: PackedKeys {
  let compiler: RowCompiler
  let expression: RowExpression
  /// The bounds of integers; doubles need all bits.
  let low: Int64
  let high: Int64

  /// The largest key.
  private var last: UInt64 { UInt64(bitPattern: high &- low) }
  var bitCount: Int { max(1, UInt64.bitWidth - last.leadingZeroBitCount) }
  var masks: [UInt64] { [] }

  func filler() throws(ExecutionError) -> (Block, UnsafeMutablePointer<UInt64>) -> Void {
    let operand = try compiler.number(expression)
    let (isDouble, low, last) = (!operand.form.isInteger, low, last)
    return { block, packed in
      operand.evaluate(block)
      for row in 0..<block.count {
        // Whatever stands where a number is missing must not have more bits than the others.
        packed[row] =
          isDouble
          ? Self.key(operand.vector.doubles[row])
          : min(UInt64(bitPattern: operand.vector.integers[row] &- low), last)
      }
    }
  }

  /// The integer of a key.
  func integer(_ key: UInt64) -> Int64 { Int64(bitPattern: key) &+ low }

  /// The same for 0 and -0.
  private static func key(_ value: Double) -> UInt64 {
    UInt64(bitPattern: ExtremeAccumulator.ordered(value)) ^ (1 << 63)
  }

  /// The double of a key.
  static func double(_ key: UInt64) -> Double {
    ExtremeAccumulator.double(Int64(bitPattern: key ^ (1 << 63)))
  }
}
