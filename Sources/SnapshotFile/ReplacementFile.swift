import Diagnostics
import Glibc

/// A snapshot being written beside the one that it will replace as a whole.
///
/// Until `commit` the old file stays as it is; a program that dies before leaves at most a
/// temporary file behind. Only a snapshot, or nothing, is replaced.
final class ReplacementFile {
  private let path: String
  private let final: String
  private let temporary: String
  private let descriptor: Int32
  private var isOpen = true
  /// Where the next bytes go.
  private(set) var end = 0

  init(path: String) throws(Diagnostic) {
    self.path = path
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, !SnapshotFile.isSnapshot(path) { throw SnapshotErrors.wouldOverwrite(path) }
    // A link goes on pointing to the file, which is replaced where it really is.
    final = exists ? Self.realPath(path) : path
    guard let opened = Self.create(beside: final) else {
      throw SnapshotErrors.cannotSave(path, errno)
    }
    (descriptor, temporary) = opened
    let mask = umask(0)
    umask(mask)
    fchmod(descriptor, exists ? status.st_mode & 0o777 : 0o666 & ~mask)
  }

  deinit { abandon() }

  func append(_ bytes: UnsafeRawBufferPointer) throws(Diagnostic) {
    try write(bytes, at: end)
    end &+= bytes.count
  }

  /// Zeros up to an offset.
  func pad(to offset: Int) throws(Diagnostic) {
    let zeros = [UInt8](repeating: 0, count: max(offset &- end, 0))
    try zeros.withBytes { bytes throws(Diagnostic) in try append(bytes) }
  }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(Diagnostic) {
    guard let base = bytes.baseAddress else { return }
    var done = 0
    while done < bytes.count {
      let written = pwrite(descriptor, base + done, bytes.count &- done, off_t(offset &+ done))
      if written > 0 {
        done &+= written
      } else if written == 0 || errno != EINTR {
        throw SnapshotErrors.cannotSave(path, written == 0 ? ENOSPC : errno)
      }
    }
  }

  /// Puts the new file in the place of the old.
  func commit() throws(Diagnostic) {
    // The content must be on the disk before the name is, or a crash leaves an empty file.
    guard fsync(descriptor) == 0 else { throw SnapshotErrors.cannotSave(path, errno) }
    isOpen = false
    guard close(descriptor) == 0, rename(temporary, final) == 0 else {
      let code = errno
      unlink(temporary)
      throw SnapshotErrors.cannotSave(path, code)
    }
    let folder = final.lastIndex(of: "/").map { String(final[...$0]) } ?? "."
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return }
    fsync(handle)
    close(handle)
  }

  private func abandon() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
    unlink(temporary)
  }

  /// A new file whose name nobody else uses; nil, with `errno` set, where there can be none.
  private static func create(beside final: String) -> (descriptor: Int32, path: String)? {
    for attempt in 0..<100 {
      let path = "\(final).\(getpid()).\(attempt).tmp"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if descriptor >= 0 { return (descriptor, path) }
      // Another thread saves too, or a program that was killed has left its file.
      if errno != EEXIST { return nil }
    }
    return nil
  }

  private static func realPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

extension Array where Element: BitwiseCopyable {
  /// The bytes of the elements; unlike `withUnsafeBytes` it keeps the type of what is thrown.
  func withBytes<Answer>(
    _ body: (UnsafeRawBufferPointer) throws(Diagnostic) -> Answer
  ) throws(Diagnostic) -> Answer {
    try withUnsafeBytes { bytes in
      Result { () throws(Diagnostic) in try body(bytes) }
    }.get()
  }
}
