import CKernels
import Foundation
import Synchronization
import Testing

@testable import ColumnStore

/// Work on several threads, again and again and one inside the other.
@Suite("Threads that stay")
struct CrewTests {
  @Test func everyShareIsDoneOnce() {
    for threads in [1, 2, 3, 9] {
      for _ in 0..<500 {
        let counts = Mutex([Int](repeating: 0, count: threads))
        Parallel.run(threads: threads) { index in counts.withLock { $0[index] += 1 } }
        #expect(counts.withLock { $0 } == [Int](repeating: 1, count: threads))
      }
    }
  }

  @Test func everyTurnIsTakenOnce() {
    for (count, pause) in [(0, 0), (1, 0), (40, 0), (40, 100), (3, 2_000)] {
      for threads in [1, 2, 5] {
        let counts = Mutex([Int](repeating: 0, count: count))
        let used = Mutex(Set<Int>())
        Parallel.takeTurns(count, threads: threads) { thread, next in
          let isNew = used.withLock { $0.insert(thread).inserted }
          #expect(isNew && thread < threads)
          while let turn = next() {
            usleep(UInt32(pause))
            counts.withLock { $0[turn] += 1 }
          }
        }
        #expect(counts.withLock { $0 } == [Int](repeating: 1, count: count))
        #expect(used.withLock { $0.contains(0) })
        if count == 40, pause > 0, threads > 1 { #expect(used.withLock { $0.count } > 1) }
        if count * pause == 0 && count < 2 { #expect(used.withLock { $0 } == [0]) }
      }
    }
  }

  @Test func workWithinWorkEnds() {
    let total = Atomic<Int>(0)
    Parallel.run(threads: 4) { _ in
      Parallel.run(threads: 4) { _ in
        Parallel.run(threads: 4) { _ in total.wrappingAdd(1, ordering: .relaxed) }
      }
    }
    let count = total.load(ordering: .relaxed)
    #expect(count == 64)
  }

  @Test func manyMayAskAtOnce() {
    let total = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<200 {
        Parallel.run(threads: 3) { _ in total.wrappingAdd(1, ordering: .relaxed) }
      }
    }
    let count = total.load(ordering: .relaxed)
    #expect(count == 8 * 200 * 3)
  }

  /// A share that takes long is waited for, by sleeping.
  @Test func whatTakesLongIsWaitedFor() {
    let isDone = Atomic<Bool>(false)
    Parallel.run(threads: 2) { index in
      if index == 1 {
        Thread.sleep(forTimeInterval: 0.2)
        isDone.store(true, ordering: .releasing)
      } else {
        Thread.sleep(forTimeInterval: 0.05)
      }
    }
    let wasWaitedFor = isDone.load(ordering: .acquiring)
    #expect(wasWaitedFor)
  }

  @Test func nothingIsHeldAfterwards() {
    final class Held: Sendable {}
    weak var held: Held?
    do {
      let own = Held()
      held = own
      Parallel.run(threads: 3) { _ in _ = own }
    }
    #expect(held == nil)
  }

  /// A thread keeps itself off where it runs; where there is one processor, it is kept off none.
  @Test func aThreadIsKeptOffTheProcessorOfTheOneThatWakesIt() throws {
    let outcome = Mutex<(avoided: Int, status: String)?>(nil)
    let isDone = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      let avoided = Int(dq_keep_apart(pthread_self(), -1))
      let status = try? String(contentsOfFile: "/proc/thread-self/stat", encoding: .utf8)
      outcome.withLock { $0 = (avoided, status ?? "") }
      isDone.signal()
    }
    isDone.wait()
    let found = try #require(outcome.withLock { $0 })
    // The processor is the 39th field; the second is a name in brackets.
    let fields = try #require(found.status.split(separator: ")").last).split(separator: " ")
    let now = try #require(Int(fields[36]))
    #expect(now != found.avoided)
  }

  /// What a thread begins with lacks one of its maker's processors, where there are others.
  @Test func aThreadBeginsElsewhereThanItsMaker() throws {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    var all = ProcessorSet()
    let isElsewhere = dq_begin_elsewhere(&attributes, &all) != 0
    let own = try #require(processors())
    let found = Found()
    var handle = pthread_t()
    pthread_create(
      &handle, &attributes,
      { context in
        if let context {
          Unmanaged<Found>.fromOpaque(context).takeRetainedValue().set(processors())
        }
        return nil
      }, Unmanaged.passRetained(found).toOpaque())
    pthread_join(handle, nil)
    let others = try #require(found.value)
    #expect(isElsewhere == (own.count > 1))
    #expect(others.isSubset(of: own) && own.count - others.count == (isElsewhere ? 1 : 0))
  }

  /// Where it begins elsewhere, it may go on anywhere.
  @Test func aThreadMayUseWhatItsMakerMay() throws {
    let found = Found()
    let isDone = DispatchSemaphore(value: 0)
    let hasBegun = Parallel.detach {
      found.set(processors())
      isDone.signal()
    }
    try #require(hasBegun)
    isDone.wait()
    let own = try #require(processors())
    #expect(found.value == own)
  }
}

private final class Found: Sendable {
  private let processors = Mutex<Set<Int>?>(nil)
  var value: Set<Int>? { processors.withLock { $0 } }

  func set(_ value: Set<Int>?) { processors.withLock { $0 = value } }
}

/// The processors that the calling thread may use, which the system writes as `0-2,5`.
private func processors() -> Set<Int>? {
  let status = try? String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)
  let line = status?.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }
  guard let list = line?.split(whereSeparator: \.isWhitespace).last else { return nil }
  return list.split(separator: ",").reduce(into: []) { found, part in
    let ends = part.split(separator: "-").compactMap { Int($0) }
    if let first = ends.first, let last = ends.last { found.formUnion(first...last) }
  }
}
