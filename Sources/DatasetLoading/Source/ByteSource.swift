import ColumnStore
import Diagnostics
import Glibc

/// The bytes of a file that can be read at any offset: a regular file through its descriptor, or
/// a pipe's bytes kept in memory.
///
/// A file is never mapped, since one that shrinks would then kill the process.
final class ByteSource: @unchecked Sendable {
  let path: String
  /// The size when the source was opened; bytes appended later are not read.
  let byteCount: Int
  /// Whether the bytes came from a pipe and are kept.
  var isInMemory: Bool { spooled != nil }
  private let descriptor: Int32
  private let spooled: UnsafeMutableRawPointer?

  /// Bytes that are already in memory, copied; for tests.
  init(path: String, bytes: [UInt8]) {
    self.path = path
    byteCount = bytes.count
    descriptor = -1
    let copy = malloc(max(bytes.count, 1))
    bytes.withUnsafeBytes { source in
      if let base = source.baseAddress { copy?.copyMemory(from: base, byteCount: source.count) }
    }
    spooled = copy
  }

  /// Opens a file, or standard input for `-`.
  init(path: String, _ request: LoadRequest) throws(Diagnostic) {
    self.path = path
    let isStandardInput = path == "-"
    let opened = isStandardInput ? dup(0) : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if opened < 0 { throw LoadErrors.cannotOpen(path, errno) }
    var status = stat()
    if fstat(opened, &status) != 0 {
      let reason = errno
      close(opened)
      throw LoadErrors.cannotOpen(path, reason)
    }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR {
      close(opened)
      throw LoadErrors.isDirectory(path)
    }
    // Files of the kernel say that they are empty, so only reading tells.
    if kind == S_IFREG, status.st_size > 0, !isStandardInput || lseek(opened, 0, SEEK_CUR) == 0 {
      descriptor = opened
      byteCount = Int(status.st_size)
      spooled = nil
    } else {
      defer { close(opened) }
      let bytes = try Spool.readAll(
        opened, path: path, limit: kind == S_IFCHR ? Spool.deviceLimit : Spool.limit,
        request)
      descriptor = -1
      byteCount = bytes.count
      spooled = bytes.base
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    free(spooled)
  }

  /// Copies `count` bytes that start at `offset`; the range lies within the source.
  func read(_ target: UnsafeMutableRawPointer, at offset: Int, count: Int) throws(Diagnostic) {
    if let spooled {
      target.copyMemory(from: spooled + offset, byteCount: count)
      return
    }
    var done = 0
    while done < count {
      let got = pread(descriptor, target + done, count &- done, off_t(offset &+ done))
      if got > 0 {
        done &+= got
      } else if got == 0 {
        throw LoadErrors.changedWhileReading(path, at: offset &+ done, size: byteCount)
      } else if errno != EINTR {
        throw LoadErrors.cannotRead(path, errno)
      }
    }
  }
}

/// Reads what cannot be read twice, such as a pipe, into memory.
enum Spool {
  /// How much a device may give, such as a terminal; some never end.
  static let deviceLimit = 64 << 20

  /// Half of the memory.
  static var limit: Int {
    sysconf(Int32(_SC_PHYS_PAGES)) / 2 &* sysconf(Int32(_SC_PAGESIZE))
  }

  /// Reads a whole stream; the caller frees the bytes.
  static func readAll(
    _ stream: any ByteStream, path: String
  ) throws(Diagnostic) -> (base: UnsafeMutableRawPointer, count: Int) {
    var bytes = try GrowingBytes(capacity: 1 << 20, limit: limit, path: path)
    while true {
      try bytes.makeRoom()
      let got: Int
      do throws(Diagnostic) {
        got = try stream.read(bytes.end, count: bytes.room)
      } catch {
        free(bytes.base)
        throw error
      }
      if got == 0 { return (bytes.base, bytes.count) }
      bytes.count &+= got
    }
  }

  /// Reads all that comes from a descriptor; the caller frees the bytes.
  static func readAll(
    _ descriptor: Int32, path: String, limit: Int, _ request: LoadRequest
  ) throws(Diagnostic) -> (base: UnsafeMutableRawPointer, count: Int) {
    request.progress.begin(path == "-" ? "standard input" : path, total: nil)
    var bytes = try GrowingBytes(capacity: 1 << 16, limit: limit, path: path)
    while true {
      if request.cancellation.isSet {
        free(bytes.base)
        throw LoadErrors.cancelled()
      }
      // Waiting in short turns keeps the load cancellable while nothing comes.
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&wait, 1, 100) <= 0 { continue }
      try bytes.makeRoom()
      let got = Glibc.read(descriptor, bytes.end, min(bytes.room, 1 << 20))
      if got == 0 { return (bytes.base, bytes.count) }
      if got < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        let reason = errno
        free(bytes.base)
        throw LoadErrors.cannotRead(path, reason)
      }
      bytes.count &+= got
      request.progress.advance(got)
    }
  }
}

/// Memory from `malloc` that doubles when it is full, and is freed where it cannot.
private struct GrowingBytes {
  private(set) var base: UnsafeMutableRawPointer
  private var capacity: Int
  private let limit: Int
  private let path: String
  var count = 0

  init(capacity: Int, limit: Int, path: String) throws(Diagnostic) {
    guard let base = malloc(capacity) else { throw LoadErrors.noMemory(path) }
    self.base = base
    self.capacity = capacity
    self.limit = limit
    self.path = path
  }

  var end: UnsafeMutableRawPointer { base + count }
  var room: Int { capacity &- count }

  mutating func makeRoom() throws(Diagnostic) {
    if room > 0 { return }
    guard capacity < limit, let larger = realloc(base, capacity &* 2) else {
      free(base)
      throw LoadErrors.tooLargeForMemory(path, limit: limit)
    }
    base = larger
    capacity &*= 2
  }
}
