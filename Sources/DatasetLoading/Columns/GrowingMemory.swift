/// Scratch memory that grows and does not keep what is in it.
struct GrowingMemory<Value: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Value> = .allocate(capacity: 0)
  private var capacity = 0

  mutating func reserve(_ count: Int) {
    if count <= capacity { return }
    base.deallocate()
    capacity = count &* 5 / 4
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }
}
