import CZlib
import Diagnostics

/// The files in a zip archive, by its central directory.
final class ZipArchive: Sendable {
  /// A file in the archive.
  struct Entry: Sendable {
    var name: String
    /// 0 is stored, 8 is deflated.
    var method: Int
    var isEncrypted: Bool
    var checksum: UInt32
    var packedSize: Int
    var size: Int
    /// Where its local header stands.
    var offset: Int
  }

  let file: ByteSource
  let entries: [Entry]

  /// The largest unpacked file that is read; packed zeros would fill any disk.
  private static let sizeLimit = 8 << 30
  private static let entryLimit = 100_000

  init(_ file: ByteSource) throws(Diagnostic) {
    self.file = file
    let (start, size, count) = try ZipArchive.directory(file)
    let bytes = try ZipArchive.bytes(file, at: start, count: size)
    var entries: [Entry] = []
    var at = 0
    for _ in 0..<count {
      guard bytes.count &- at >= 46, bytes.number(at, 4) == 0x0201_4B50 else {
        throw ZipArchive.damaged(file, "its directory is cut off")
      }
      let (nameSize, extraSize) = (bytes.number(at &+ 28, 2), bytes.number(at &+ 30, 2))
      let next = at &+ 46 &+ nameSize &+ extraSize &+ bytes.number(at &+ 32, 2)
      guard next <= bytes.count else { throw ZipArchive.damaged(file, "its directory is cut off") }
      var entry = Entry(
        name: SafeText.string(Array(bytes[at &+ 46..<at &+ 46 &+ nameSize])),
        method: bytes.number(at &+ 10, 2), isEncrypted: bytes.number(at &+ 8, 2) & 1 != 0,
        checksum: UInt32(truncatingIfNeeded: bytes.number(at &+ 16, 4)),
        packedSize: bytes.number(at &+ 20, 4), size: bytes.number(at &+ 24, 4),
        offset: bytes.number(at &+ 42, 4))
      entry.takeLongSizes(bytes[at &+ 46 &+ nameSize..<at &+ 46 &+ nameSize &+ extraSize])
      entries.append(entry)
      at = next
    }
    self.entries = entries
  }

  /// The entry of a name, in any case, as some programs write another.
  func entry(_ name: String) -> Entry? {
    entries.first { $0.name == name } ?? entries.first { $0.name.lowercased() == name.lowercased() }
  }

  /// The unpacked data of an entry.
  func stream(_ entry: Entry) throws(Diagnostic) -> any ByteStream {
    if entry.isEncrypted { throw LoadErrors.encrypted(file.path) }
    if entry.size > ZipArchive.sizeLimit {
      throw LoadErrors.unpacksTooLarge(file.path, limit: ZipArchive.sizeLimit)
    }
    let head = try ZipArchive.bytes(file, at: entry.offset, count: 30)
    guard head.number(0, 4) == 0x0403_4B50 else {
      throw ZipArchive.damaged(file, "a file in it is not where the directory says")
    }
    let start = entry.offset &+ 30 &+ head.number(26, 2) &+ head.number(28, 2)
    guard entry.packedSize >= 0, start <= file.byteCount &- entry.packedSize else {
      throw LoadErrors.truncatedData(file.path, "zip archive")
    }
    let packed = SourceStream(file, from: start, count: entry.packedSize)
    switch entry.method {
    case 0: return ZipEntryStream(packed, entry, path: file.path)
    case 8:
      let inflated = try InflateStream(packed, .raw, path: file.path)
      return ZipEntryStream(inflated, entry, path: file.path)
    default: throw ZipArchive.damaged(file, "it is packed in a way that is not read")
    }
  }

  static func damaged(_ file: ByteSource, _ reason: String) -> Diagnostic {
    LoadErrors.damagedData(file.path, "zip archive", reason)
  }

  private static func bytes(
    _ file: ByteSource, at offset: Int, count: Int
  ) throws(Diagnostic) -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= file.byteCount &- count else {
      throw LoadErrors.truncatedData(file.path, "zip archive")
    }
    return try StreamOpener { SourceStream(file, from: offset, count: count) }.head(count)
  }

  /// Where the central directory starts, its size, and how many entries it has.
  private static func directory(
    _ file: ByteSource
  ) throws(Diagnostic) -> (start: Int, size: Int, count: Int) {
    // The record at the end may have a comment of up to 65,535 bytes behind it.
    let tailSize = min(file.byteCount, 22 &+ 65_535 &+ 20)
    let tail = try bytes(file, at: file.byteCount &- tailSize, count: tailSize)
    var at = tailSize &- 22
    while at >= 0, tail.number(at, 4) != 0x0605_4B50 { at &-= 1 }
    guard at >= 0 else { throw LoadErrors.truncatedData(file.path, "zip archive") }
    var (count, size) = (tail.number(at &+ 10, 2), tail.number(at &+ 12, 4))
    var start = tail.number(at &+ 16, 4)
    if start == 0xFFFF_FFFF || count == 0xFFFF, at >= 20, tail.number(at &- 20, 4) == 0x0706_4B50 {
      let long = try bytes(file, at: tail.number(at &- 12, 8), count: 56)
      (count, size, start) = (long.number(32, 8), long.number(40, 8), long.number(48, 8))
    }
    guard count <= entryLimit, size <= 64 << 20 else {
      throw damaged(file, "it has too many files")
    }
    return (start, size, count)
  }
}

extension ZipArchive.Entry {
  /// Takes the sizes that do not fit 32 bits from the fields behind the name.
  fileprivate mutating func takeLongSizes(_ extra: ArraySlice<UInt8>) {
    let bytes = Array(extra)
    var at = 0
    while at &+ 4 <= bytes.count {
      let size = bytes.number(at &+ 2, 2)
      guard at &+ 4 &+ size <= bytes.count else { return }
      if bytes.number(at, 2) == 1 {
        var from = at &+ 4
        func take(_ value: inout Int) {
          guard value == 0xFFFF_FFFF, from &+ 8 <= at &+ 4 &+ size else { return }
          value = bytes.number(from, 8)
          from &+= 8
        }
        take(&self.size)
        take(&packedSize)
        take(&offset)
      }
      at &+= 4 &+ size
    }
  }
}

/// The unpacked data of a zip entry, held against its size and checksum.
final class ZipEntryStream: ByteStream {
  private let stream: any ByteStream
  private let entry: ZipArchive.Entry
  private let path: String
  private var count = 0
  private var checksum: UInt = 0

  init(_ stream: any ByteStream, _ entry: ZipArchive.Entry, path: String) {
    self.stream = stream
    self.entry = entry
    self.path = path
  }

  func read(_ target: UnsafeMutableRawPointer, count wanted: Int) throws(Diagnostic) -> Int {
    if wanted == 0 { return 0 }
    let got = try stream.read(target, count: wanted)
    count &+= got
    if count > entry.size {
      throw LoadErrors.damagedData(path, "zip archive", "a file in it is longer than it says")
    }
    if got == 0 {
      if count != entry.size || UInt32(truncatingIfNeeded: checksum) != entry.checksum {
        throw LoadErrors.damagedData(
          path, "zip archive", "a file in it does not match its checksum")
      }
    } else {
      checksum = crc32_z(checksum, target.assumingMemoryBound(to: UInt8.self), got)
    }
    return got
  }
}

extension [UInt8] {
  /// A little-endian number of so many bytes, 0 behind the end.
  func number(_ offset: Int, _ size: Int) -> Int {
    guard offset >= 0, offset <= count &- size else { return 0 }
    var value: UInt64 = 0
    for index in 0..<size { value |= UInt64(self[offset &+ index]) &<< UInt64(index &* 8) }
    return Int(truncatingIfNeeded: value & 0x7FFF_FFFF_FFFF_FFFF)
  }
}
