import Foundation
import Synchronization
import Testing

@testable import ColumnStore

@Suite struct ReleaseTests {
  private final class Gone: Sendable {
    let thread = Mutex<Thread?>(nil)
  }

  private final class Held: Sendable {
    private let gone: Gone
    init(_ gone: Gone) { self.gone = gone }
    deinit { gone.thread.withLock { $0 = Thread.current } }
  }

  @Test func letsGoOfValuesOnAnotherThread() throws {
    let gone = Gone()
    var values: [Held]? = [Held(gone)]
    Parallel.release(&values)
    #expect(values == nil)
    for _ in 0..<2_000 where gone.thread.withLock({ $0 }) == nil {
      Thread.sleep(forTimeInterval: 0.005)
    }
    let other = try #require(gone.thread.withLock { $0 })
    #expect(other != Thread.current)
  }

  @Test func waitsForAResultUnlessCancelled() {
    #expect(Parallel.unlessCancelled(CancellationFlag()) { _ in 7 } == 7)
    let flag = CancellationFlag()
    let isDone = DispatchSemaphore(value: 0)
    flag.set()
    let result = Parallel.unlessCancelled(flag) { own in
      while !own.isSet { Thread.sleep(forTimeInterval: 0.001) }
      isDone.signal()
      return 7
    }
    #expect(result == nil)
    // The thread learns of it by a flag of its own, which nobody clears.
    flag.clear()
    #expect(isDone.wait(timeout: .now() + 10) == .success)
  }
}
