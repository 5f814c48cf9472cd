import CKernels
import ColumnStore

/// The codes of a key with one code per row, and what a code weighs in a group's number.
struct GroupCodes {
  var codes: CodeArray
  var stride: UInt32
}

extension CodeArray {
  /// Writes the codes of a block times a stride.
  func fillGroups(_ block: Block, _ groups: UnsafeMutablePointer<UInt32>, stride: UInt32 = 1) {
    let (start, count) = (block.start, block.count)
    switch byteWidth {
    case 1: dq_groups_set_u8(memory.pointer(as: UInt8.self) + start, count, stride, groups)
    case 2: dq_groups_set_u16(memory.pointer(as: UInt16.self) + start, count, stride, groups)
    default: dq_groups_set_u32(memory.pointer(as: UInt32.self) + start, count, stride, groups)
    }
  }

  /// Adds the codes of a block times a stride.
  func addGroups(_ block: Block, _ groups: UnsafeMutablePointer<UInt32>, stride: UInt32) {
    let (start, count) = (block.start, block.count)
    switch byteWidth {
    case 1: dq_groups_add_u8(memory.pointer(as: UInt8.self) + start, count, stride, groups)
    case 2: dq_groups_add_u16(memory.pointer(as: UInt16.self) + start, count, stride, groups)
    default: dq_groups_add_u32(memory.pointer(as: UInt32.self) + start, count, stride, groups)
    }
  }

  /// The codes from the least to the largest of a block.
  func bounds(_ block: Block) -> ClosedRange<Int> {
    let (start, count) = (block.start, block.count)
    if count == 0 { return 0...0 }
    var (low, high): (UInt32, UInt32) = (0, 0)
    switch byteWidth {
    case 1: dq_code_bounds_u8(memory.pointer(as: UInt8.self) + start, count, &low, &high)
    case 2: dq_code_bounds_u16(memory.pointer(as: UInt16.self) + start, count, &low, &high)
    default: dq_code_bounds_u32(memory.pointer(as: UInt32.self) + start, count, &low, &high)
    }
    return Int(low)...Int(high)
  }

  /// Makes each place of a block `place * count + code - low`.
  func addPlaces(
    _ block: Block, _ places: UnsafeMutablePointer<UInt8>, low: Int, count domain: Int
  ) {
    let (start, count) = (block.start, block.count)
    let (low, domain) = (UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: domain))
    switch byteWidth {
    case 1: dq_places_codes_u8(memory.pointer(as: UInt8.self) + start, count, low, domain, places)
    case 2: dq_places_codes_u16(memory.pointer(as: UInt16.self) + start, count, low, domain, places)
    default:
      dq_places_codes_u32(memory.pointer(as: UInt32.self) + start, count, low, domain, places)
    }
  }
}
