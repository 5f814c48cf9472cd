import CKernels

extension Double {
  /// A wide integer, rounded once. The conversion of the standard library is a hundred times as
  /// slow, since it is generic.
  init(wide value: Int128) {
    let low = Int64(truncatingIfNeeded: value)
    self =
      Int128(low) == value
      ? Double(low)
      : dq_wide_double(
        UInt64(truncatingIfNeeded: value), Int64(truncatingIfNeeded: value >> 64))
  }
}
