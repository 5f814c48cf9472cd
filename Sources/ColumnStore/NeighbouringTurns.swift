/// Hands out 0 up to a count to several threads: to each a run of its own first, and then what others
/// have not begun, so that neighbours are mostly for one.
final class NeighbouringTurns: Sendable {
  private let runs: [(range: Range<Int>, turns: Parallel.Turns)]

  init(_ count: Int, threads: Int) {
    runs = (0..<threads).map {
      (count &* $0 / threads..<count &* ($0 &+ 1) / threads, Parallel.Turns())
    }
  }

  /// The next number for a thread, nil once all are handed out.
  func take(_ thread: Int) -> Int? {
    for step in runs.indices {
      let (range, turns) = runs[(thread &+ step) % runs.count]
      let turn = range.lowerBound &+ turns.take()
      if turn < range.upperBound { return turn }
    }
    return nil
  }
}
