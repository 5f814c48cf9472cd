import Glibc

/// What tells a file, or all files of a pattern, from what they are after a change.
public struct FileFingerprint: Hashable, Sendable {
  private struct Entry: Hashable {
    var path: String
    var inode: UInt64
    var byteCount: Int
    var seconds: Int
    var nanoseconds: Int
  }

  private var entries: [Entry] = []

  /// The fingerprint of the files that a path stands for; nil where they cannot be found, or where
  /// the path is a stream, which cannot be read again.
  public init?(path: String) {
    guard path != "-", let files = try? FileList.files(path) else { return nil }
    for file in files {
      var status = stat()
      guard stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      entries.append(
        Entry(
          path: file, inode: UInt64(status.st_ino), byteCount: Int(status.st_size),
          seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec))
    }
  }

  /// The size of all files.
  public var byteCount: Int { entries.reduce(0) { $0 &+ $1.byteCount } }

  /// Whether a file is among those of another fingerprint, whatever it is called there.
  public func sharesFile(with other: FileFingerprint) -> Bool {
    entries.contains { own in
      other.entries.contains { entry in
        var entry = entry
        entry.path = own.path
        return entry == own
      }
    }
  }
}
