import Glibc

/// The statements of earlier sessions in a file of one line each.
///
/// Sessions append under a lock, so that none loses the lines of another; what cannot be read stays
/// as it is. Only the file's last mebibyte is read, and of two that one is kept.
public struct HistoryFile: Sendable {
  /// What is wrong with the file, in words for people.
  public struct Failure: Error, Hashable, Sendable {
    /// One sentence that names the file.
    public var message: String
  }

  /// Where the file is.
  public let path: String

  /// The history in the file at this path.
  public init(path: String) {
    self.path = path
  }

  /// The file in the user's state folder: `$XDG_STATE_HOME/deskql/history`, by default below
  /// `~/.local/state`; nil where no home is known.
  public static func standard(environment: (String) -> String?) -> HistoryFile? {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return HistoryFile(path: state + "/deskql/history")
    }
    guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
    return HistoryFile(path: home + "/.local/state/deskql/history")
  }

  /// The entries, oldest first; none where there is no file yet.
  public func load() throws(Failure) -> [String] {
    // Without O_NONBLOCK a FIFO would keep the program waiting for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 {
      if errno == ENOENT { return [] }
      throw failure("cannot be read", errno)
    }
    defer { close(descriptor) }
    let size = try sizeOfRegularFile(descriptor)
    let start = max(0, size - Self.byteLimit)
    var lines = try bytes(of: descriptor, from: start)
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // Where reading began within the file, the first line has lost its beginning.
    if start > 0 { lines = Array(lines.dropFirst()) }
    return lines.suffix(Self.entryLimit + 1).compactMap { line in
      line.isEmpty ? nil : String(validating: line, as: UTF8.self).map(Self.unescaped)
    }.suffix(Self.entryLimit)
  }

  /// Adds one entry at the end, in one write under a lock.
  public func append(_ entry: String) throws(Failure) {
    if access(path, F_OK) != 0 { try makeFolders() }
    let descriptor = try openLocked()
    defer { close(descriptor) }
    // A session that was killed while it wrote leaves a line without an end.
    let size = try sizeOfRegularFile(descriptor)
    var last: UInt8 = 0
    let isTorn =
      size > 0 && pread(descriptor, &last, 1, size - 1) == 1 && last != UInt8(ascii: "\n")
    let line = Array(((isTorn ? "\n" : "") + Self.escaped(entry) + "\n").utf8)
    try write(line[...], to: descriptor)
    if size + line.count > 2 * Self.byteLimit { try shorten(descriptor, size + line.count) }
  }

  /// Opens the file to append to it, under its lock.
  private func openLocked() throws(Failure) -> Int32 {
    while true {
      let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
      guard descriptor >= 0 else { throw failure("cannot be written", errno) }
      do throws(Failure) {
        _ = try sizeOfRegularFile(descriptor)
        _ = fchmod(descriptor, 0o600)
        while flock(descriptor, LOCK_EX) != 0 {
          if errno != EINTR { throw failure("cannot be locked", errno) }
        }
      } catch {
        close(descriptor)
        throw error
      }
      // While this session waited, another may have put a shorter file in its place.
      var own = stat()
      var named = stat()
      if fstat(descriptor, &own) == 0, stat(path, &named) == 0, own.st_dev == named.st_dev,
        own.st_ino == named.st_ino
      {
        return descriptor
      }
      close(descriptor)
    }
  }

  /// Puts a file with the last mebibyte's lines in the place of the one that is locked.
  private func shorten(_ descriptor: Int32, _ size: Int) throws(Failure) {
    let kept = try bytes(of: descriptor, from: size - Self.byteLimit)
      .drop { $0 != UInt8(ascii: "\n") }.dropFirst()
    guard let resolved = realpath(path, nil) else { return }
    defer { free(resolved) }
    let final = String(cString: resolved)
    let temporary = final + ".new"
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW
    let target = open(temporary, flags, 0o600)
    guard target >= 0 else { throw failure("cannot be shortened", errno) }
    defer { close(target) }
    do throws(Failure) {
      try write(kept, to: target)
      if fsync(target) != 0 || rename(temporary, final) != 0 {
        throw failure("cannot be shortened", errno)
      }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) throws(Failure) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { throw failure("cannot be written", errno) }
      rest = rest.dropFirst(max(0, count))
    }
  }

  private func bytes(of descriptor: Int32, from start: Int) throws(Failure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.byteLimit)
    var count = 0
    while count < bytes.count {
      let got = bytes[count...].withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, start + count)
      }
      if got < 0 && errno == EINTR { continue }
      if got < 0 { throw failure("cannot be read", errno) }
      if got == 0 { break }
      count += got
    }
    return Array(bytes[..<count])
  }

  private func sizeOfRegularFile(_ descriptor: Int32) throws(Failure) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("cannot be read", errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(message: "the history '\(path)' is not a regular file")
    }
    return Int(status.st_size)
  }

  private func makeFolders() throws(Failure) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      if mkdir(folder, 0o700) == 0 { continue }
      let code = errno
      if code != EEXIST, access(folder, F_OK) != 0 { throw failure("cannot be written", code) }
    }
  }

  private func failure(_ what: String, _ code: Int32) -> Failure {
    Failure(message: "the history '\(path)' \(what): \(String(cString: strerror(code)))")
  }

  /// One line for an entry of several.
  private static func escaped(_ entry: String) -> String {
    var line = ""
    for scalar in entry.unicodeScalars {
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\0"..<" ", "\u{7F}"..<"\u{A0}": continue
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  private static func unescaped(_ line: String) -> String {
    var entry = ""
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if isEscaped {
        entry.unicodeScalars.append(scalar == "n" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else if !(scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)) {
        entry.unicodeScalars.append(scalar)
      }
    }
    return entry
  }

  private static let byteLimit = 1 << 20
  private static let entryLimit = 10_000
}
