import Glibc

/// A file that is replaced as a whole: until `commit` the old one stays as it is.
///
/// The text goes to a file beside it that takes its place at the end. What is not a regular file,
/// such as a pipe or `/dev/null`, is written directly, and so is what is open already: `-` and
/// `/dev/stdout` go on where standard output stands.
public final class OutputFile {
  /// Writes to the file.
  public let writer: OutputWriter
  private let descriptor: Int32
  /// The temporary file and the one it becomes; nil where the target is written directly.
  private let replacement: (temporary: String, final: String)?
  private var isOpen = true

  /// Opens the file for a new content.
  public init(path: String) throws(OutputError) {
    let target = "the file '\(path)'"
    var status = stat()
    let exists = stat(path, &status) == 0
    if let opened = Self.opened(path) {
      replacement = nil
      descriptor = fcntl(opened, F_DUPFD_CLOEXEC, 0)
    } else if exists && status.st_mode & S_IFMT != S_IFREG {
      replacement = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      // A link goes on pointing to the file, which is replaced where it really is.
      let final = exists ? Self.realPath(path) : path
      let temporary = "\(final).\(getpid()).tmp"
      replacement = (temporary, final)
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      if descriptor >= 0 && exists { fchmod(descriptor, status.st_mode & 0o777) }
    }
    guard descriptor >= 0 else { throw .failed(target: target, code: errno) }
    writer = OutputWriter(descriptor: descriptor, target: target)
  }

  deinit { abandon() }

  /// Puts the new content in the place of the old.
  public func commit() throws(OutputError) {
    guard isOpen else { return }
    guard let replacement else {
      isOpen = false
      if close(descriptor) != 0 { throw .failed(target: writer.target, code: errno) }
      return
    }
    // The content must be on the disk before the name is, or a crash leaves an empty file.
    guard fsync(descriptor) == 0 else { throw failure() }
    isOpen = false
    guard close(descriptor) == 0, rename(replacement.temporary, replacement.final) == 0 else {
      let code = errno
      unlink(replacement.temporary)
      throw .failed(target: writer.target, code: code)
    }
    syncFolder(of: replacement.final)
  }

  /// Drops the new content.
  public func abandon() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
    if let replacement { unlink(replacement.temporary) }
  }

  private func failure() -> OutputError {
    let code = errno
    abandon()
    return .failed(target: writer.target, code: code)
  }

  private func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// The descriptor that a name stands for.
  private static func opened(_ path: String) -> Int32? {
    switch path {
    case "-", "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default: break
    }
    for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
      return Int32(path.dropFirst(folder.count))
    }
    return nil
  }

  private static func realPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
