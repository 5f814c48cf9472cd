import ColumnStore
import Diagnostics
import Glibc
import SnapshotFile

/// Writes a snapshot in which every row of another stands several times:
///
///     MultiplySnapshot 10 desk-10m.deskdb desk-100m.deskdb
///
/// The copies of a row follow one another, so that the order in time stays; ids and the links by
/// them are multiplied, so that each copy is a ticket of its own with surveys of its own. Counts
/// become that many times as large and shares, medians and distinct customers stay the same, which
/// tells whether the answers are right.
@main
enum Main {
  static func main() {
    let words = CommandLine.arguments
    guard words.count == 4, let factor = Int(words[1]), factor > 0 else {
      print("usage: MultiplySnapshot FACTOR IN.deskdb OUT.deskdb")
      exit(64)
    }
    do {
      let threads = sysconf(Int32(_SC_NPROCESSORS_ONLN))
      let contents = try SnapshotFile.open(words[2], threads: threads)
      let larger = Multiplication(factor: factor).contents(contents)
      try SnapshotFile.save(larger, to: words[3], cancellation: CancellationFlag()) {}
    } catch {
      print(DiagnosticRenderer().render(error, in: nil))
      exit(1)
    }
  }
}
