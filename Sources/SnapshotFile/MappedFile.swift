import CKernels
import ColumnStore
import Diagnostics
import Glibc
import Synchronization

/// A snapshot in memory as the system maps it: nothing is read before it is used.
///
/// Saving never writes into a file that stands, so a mapped one stays what it was. One that another
/// program cuts or overwrites in place is noticed by its size and its times.
final class MappedFile: ColumnSource {
  let path: String
  let byteCount: Int
  private let base: UInt
  private let descriptor: Int32
  private let stamp: Stamp
  private let found = Mutex<String?>(nil)

  /// What changes when somebody writes into a file.
  private struct Stamp: Equatable {
    var byteCount: Int
    var seconds: Int
    var nanoseconds: Int

    init(_ status: stat) {
      byteCount = Int(status.st_size)
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  /// The bytes of the file.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: base), count: byteCount)
  }

  init(path: String) throws(Diagnostic) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SnapshotErrors.cannotOpen(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size >= SnapshotFormat.magic.count
    else {
      close(descriptor)
      throw SnapshotErrors.notASnapshot(path)
    }
    let size = Int(status.st_size)
    let mapped = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let mapped, mapped != MAP_FAILED else {
      let code = errno
      close(descriptor)
      throw SnapshotErrors.cannotOpen(path, code)
    }
    self.descriptor = descriptor
    byteCount = size
    base = UInt(bitPattern: mapped)
    stamp = Stamp(status)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(bitPattern: base), byteCount)
    close(descriptor)
  }

  /// Values at an offset; the caller has checked that they lie in the file.
  func memory(at offset: Int, byteCount: Int) -> ColumnMemory? {
    guard let start = UnsafeMutableRawPointer(bitPattern: base &+ UInt(offset)) else { return nil }
    return ColumnMemory(borrowing: start, byteCount: byteCount, owner: self)
  }

  /// Copies bytes of the file; false where they cannot be read.
  func read(_ target: UnsafeMutableRawPointer, at offset: Int, count: Int) -> Bool {
    var done = 0
    while done < count {
      let got = pread(descriptor, target + done, count &- done, off_t(offset &+ done))
      if got > 0 {
        done &+= got
      } else if got == 0 || errno != EINTR {
        return false
      }
    }
    return true
  }

  // MARK: Damage

  var damage: String? {
    if let known = found.withLock({ $0 }) { return known }
    var status = stat()
    guard fstat(descriptor, &status) == 0, Stamp(status) == stamp else {
      note("another program has written into it since it was opened")
      return found.withLock { $0 }
    }
    return nil
  }

  /// Notes what is wrong; the first finding stays.
  func note(_ what: String) {
    found.withLock { $0 = $0 ?? SnapshotErrors.damage(path, what) }
  }
}
