import CKernels
import ColumnStore

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
}
