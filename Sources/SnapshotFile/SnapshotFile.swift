import ColumnStore
import Diagnostics
import Glibc

/// Files that hold everything loaded, in the form in which queries read it.
public enum SnapshotFile {
  /// Writes a snapshot in place of an earlier one, which stays until the new one is complete.
  ///
  /// - Parameters:
  ///   - progress: told how far the save has come.
  ///   - verify: called before the new file takes its place.
  /// - Throws: why it was not written; a file that is no snapshot is never replaced.
  public static func save(
    _ contents: SnapshotContents, to path: String, cancellation: CancellationFlag,
    progress: WorkProgress = WorkProgress(), verify: () throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    var writer = try SnapshotWriter(path: path, cancellation: cancellation, progress: progress)
    try writer.write(contents, verify: verify)
  }

  /// Opens a snapshot; its columns are read and checked when they are first used.
  ///
  /// - Throws: why it was refused: a foreign, torn or damaged file, or another version.
  public static func open(_ path: String, threads: Int) throws(Diagnostic) -> SnapshotContents {
    try SnapshotReader.read(path: path, threads: threads)
  }

  /// Whether a file begins as snapshots do; no other kind of file that is loaded does.
  public static func isSnapshot(_ path: String) -> Bool {
    // A pipe must not lose its first bytes, and opening one may wait for its other end.
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let magic = SnapshotFormat.magic
    var head = [UInt8](repeating: 0, count: magic.count)
    return pread(descriptor, &head, head.count, 0) == head.count && head == magic
  }
}
