import Testing

@testable import ColumnStore

@Suite struct MemoryPoolTests {
  @Test(arguments: [1 << 20, (1 << 20) + 1, 3_000_001])
  func memoryThatWasUsedBeforeIsZeroedWhereAsked(byteCount: Int) {
    for round in 0..<20 {
      let used = ColumnMemory(uninitializedByteCount: byteCount)
      used.pointer(as: UInt8.self).update(repeating: 0xFF, count: byteCount)
      #expect(UInt(bitPattern: used.base) % 64 == 0)
      // What lies behind shorter values may have been one of longer ones.
      let shorter = ColumnMemory(uninitializedByteCount: byteCount - 100_000 - round)
      let behind = shorter.pointer(as: UInt8.self) + shorter.byteCount
      #expect((0..<64).allSatisfy { behind[$0] == 0 })
      shorter.pointer(as: UInt8.self).update(repeating: 0xFF, count: shorter.byteCount)
    }
    let fresh = ColumnMemory(byteCount: byteCount)
    #expect((0..<byteCount + 64).allSatisfy { fresh.pointer(as: UInt8.self)[$0] == 0 })
  }

  @Test func memoryInUseIsNobodyElses() {
    let blocks = (0..<8).map { ColumnMemory(uninitializedByteCount: (1 << 20) + $0 * 1_000) }
    for (index, block) in blocks.enumerated() {
      block.pointer(as: UInt8.self).update(repeating: UInt8(index), count: block.byteCount)
    }
    for (index, block) in blocks.enumerated() {
      let bytes = UnsafeBufferPointer(
        start: block.pointer(as: UInt8.self), count: block.byteCount)
      #expect(bytes.allSatisfy { $0 == UInt8(index) })
    }
  }

  @Test func keepsNoMoreThanItsLimit() {
    for size in [40 << 20, 60 << 20, 50 << 20, 200 << 20] {
      _ = ColumnMemory(uninitializedByteCount: size)
      #expect(MemoryPool.keptByteCount <= MemoryPool.limit)
    }
    MemoryPool.empty()
  }

  @Test func keepsWhatQuestionsAboutManyRowsWorkWith() {
    MemoryPool.expect(rowCount: 30_000_000)
    MemoryPool.expect(rowCount: 5)
    #expect(MemoryPool.limit == 360_000_000)
    // No other test asks for as much.
    let byteCount = 300_000_000
    let base = ColumnMemory(uninitializedByteCount: byteCount).base
    #expect(ColumnMemory(uninitializedByteCount: byteCount).base == base)
    MemoryPool.empty()
  }
}
