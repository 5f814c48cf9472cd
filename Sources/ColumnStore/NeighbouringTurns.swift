import Synchronization

/// Hands out 0 up to a count to several threads: to each a run of its own first, and then what others
/// have not begun, so that neighbours are mostly for one.
final class NeighbouringTurns: Sendable {
  private final class Run: Sendable {
    private let next: Atomic<Int>
    private let end: Int

    init(_ range: Range<Int>) {
      next = Atomic(range.lowerBound)
      end = range.upperBound
    }

    func take() -> Int? {
      if next.load(ordering: .relaxed) >= end { return nil }
      let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
      return turn < end ? turn : nil
    }
  }

  private let runs: [Run]

  init(_ count: Int, threads: Int) {
    runs = (0..<threads).map { Run(count &* $0 / threads..<count &* ($0 &+ 1) / threads) }
  }

  /// The next number for a thread, nil once all are handed out.
  func take(_ thread: Int) -> Int? {
    for step in runs.indices {
      if let turn = runs[(thread &+ step) % runs.count].take() { return turn }
    }
    return nil
  }
}
