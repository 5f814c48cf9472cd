import CKernels
import ColumnStore

/// A section as a column uses it, and what its values must be like so that no reader of them
/// leaves its memory: a checksum that is right says nothing of who wrote it.
struct SectionUse: Sendable {
  /// The index of the section.
  let index: Int
  /// Whether a run of values is as it must be, with the byte of the section at which it begins.
  let isSound: @Sendable (UnsafeRawBufferPointer, Int) -> Bool

  /// Bytes of which nothing is asked.
  static func bytes(_ index: Int) -> SectionUse { SectionUse(index: index) { _, _ in true } }

  /// Characters that are digits.
  static func digits(_ index: Int) -> SectionUse {
    SectionUse(index: index) { bytes, _ in
      dq_any_but_digits(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count) == 0
    }
  }

  /// One bit for each row; those behind the last are 0.
  static func bits(_ index: Int, count: Int) -> SectionUse {
    SectionUse(index: index) { bytes, start in
      let end = start &+ bytes.count
      guard count & 63 != 0, end == Bitmap.wordCount(count) &* 8, bytes.count >= 8 else {
        return true
      }
      let last = bytes.load(fromByteOffset: bytes.count &- 8, as: UInt64.self)
      return last &>> UInt64(count & 63) == 0
    }
  }

  /// Codes up to the number of entries of their dictionary.
  static func codes(_ index: Int, byteWidth: Int, largest: Int) -> SectionUse {
    SectionUse(index: index) { bytes, _ in
      let (base, count) = (bytes.baseAddress, bytes.count / byteWidth)
      switch byteWidth {
      case 1:
        return dq_any_above_u8(
          base?.assumingMemoryBound(to: UInt8.self), count, UInt8(clamping: largest)) == 0
      case 2:
        return dq_any_above_u16(
          base?.assumingMemoryBound(to: UInt16.self), count, UInt16(clamping: largest)) == 0
      default:
        return dq_any_above_u32(
          base?.assumingMemoryBound(to: UInt32.self), count, UInt32(clamping: largest)) == 0
      }
    }
  }

  /// Offsets that lead from 0 to `end`, each at least `step` larger than the one before.
  static func offsets(
    _ index: Int, count: Int, isWide: Bool, step: Int, end: Int, memory: ColumnMemory
  ) -> SectionUse {
    func use<T: FixedWidthInteger & BitwiseCopyable & SendableMetatype>(
      _ type: T.Type, _ rises: @escaping @Sendable (UnsafePointer<T>?, Int, T) -> Int32
    ) -> SectionUse {
      SectionUse(index: index) { bytes, start in
        let width = MemoryLayout<T>.size
        let run = bytes.bindMemory(to: T.self)
        guard let first = run.first, let last = run.last,
          rises(run.baseAddress, run.count, T(truncatingIfNeeded: step)) != 0
        else { return run.isEmpty }
        let row = start / width
        if row == 0 {
          guard first == 0 else { return false }
        } else {
          let (least, overflow) = memory.pointer(as: T.self)[row &- 1].addingReportingOverflow(
            T(truncatingIfNeeded: step))
          guard !overflow, first >= least else { return false }
        }
        return row &+ run.count < count || UInt64(last) == UInt64(end)
      }
    }
    return isWide ? use(UInt64.self, dq_rises_u64) : use(UInt32.self, dq_rises_u32)
  }

  /// Numbers within the bounds of their block.
  static func numbers(
    _ index: Int, width: NumberColumn.Width, bounds: [Int64], validity: Bitmap?
  ) -> SectionUse {
    func use<T: FixedWidthInteger & BitwiseCopyable & SendableMetatype>(
      _ kernel: @escaping @Sendable (UnsafePointer<T>?, Int, UnsafePointer<UInt64>?, T, T) -> Int32
    ) -> SectionUse {
      SectionUse(index: index) { bytes, start in
        let run = bytes.bindMemory(to: T.self)
        let length = NumberColumn.blockLength
        // A run begins with a block of rows, since both are powers of two.
        let first = start / MemoryLayout<T>.size
        for from in stride(from: 0, to: run.count, by: length) {
          let pair = (first &+ from) / length &* 2
          // A block without values has bounds that no value lies within.
          let (low, high) = (T(clamping: bounds[pair]), T(clamping: bounds[pair &+ 1]))
          let words = validity.map { UnsafePointer($0.words) + (first &+ from) &>> 6 }
          let rows = min(length, run.count &- from)
          guard let base = run.baseAddress,
            kernel(base + from, rows, words, low, high) == 0
          else { return false }
        }
        return true
      }
    }
    switch width {
    case .int8: return use(dq_any_outside_i8)
    case .int16: return use(dq_any_outside_i16)
    case .int32: return use(dq_any_outside_i32)
    case .int64: return use(dq_any_outside_i64)
    case .float64: return bytes(index)
    }
  }
}
