import QueryPlanning

/// The numbers of an expression as keys that are in their order; 0 where one is missing.
struct PackedNumbers: PackedKeys {
  let compiler: RowCompiler
  let expression: RowExpression
  /// The bounds of integers; doubles need all bits.
  let low: Int64
  let high: Int64

  var bitCount: Int {
    let (span, overflow) = high.subtractingReportingOverflow(low)
    return overflow || span >= .max - 1
      ? 64 : Int64.bitWidth - (span + 1).leadingZeroBitCount
  }

  var masks: [UInt64] { [.max] }

  func filler() throws(ExecutionError) -> (Block, UnsafeMutablePointer<UInt64>) -> Void {
    let operand = try compiler.number(expression)
    let (isDouble, low) = (!operand.form.isInteger, low)
    return { block, packed in
      operand.evaluate(block)
      for row in 0..<block.count {
        guard operand.vector.isValid(row) else {
          packed[row] = 0
          continue
        }
        packed[row] =
          isDouble
          ? Self.key(operand.vector.doubles[row])
          : UInt64(bitPattern: operand.vector.integers[row] &- low) &+ 1
      }
    }
  }

  /// The integer of a key.
  func integer(_ key: UInt64) -> Int64 { Int64(bitPattern: key &- 1) &+ low }

  /// Not 0 for any number, and the same for 0 and -0.
  private static func key(_ value: Double) -> UInt64 {
    UInt64(bitPattern: ExtremeAccumulator.ordered(value)) ^ (1 << 63)
  }

  /// The double of a key.
  static func double(_ key: UInt64) -> Double {
    ExtremeAccumulator.double(Int64(bitPattern: key ^ (1 << 63)))
  }
}
