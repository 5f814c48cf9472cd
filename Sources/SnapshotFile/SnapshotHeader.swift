import CKernels
import Diagnostics

/// The fixed part at the start of a snapshot.
struct SnapshotHeader {
  var byteCount: Int
  var catalogOffset: Int
  var catalogByteCount: Int
  var catalogChecksum: UInt32

  /// The header as it stands in the file.
  var bytes: [UInt8] {
    var encoder = CatalogEncoder()
    for byte in SnapshotFormat.magic { encoder.append(byte: byte) }
    encoder.append(fixed: SnapshotFormat.version)
    encoder.append(fixed: UInt32(0))
    encoder.append(byteCount)
    encoder.append(catalogOffset)
    encoder.append(catalogByteCount)
    encoder.append(fixed: catalogChecksum)
    for _ in 0..<16 { encoder.append(byte: 0) }
    encoder.append(fixed: encoder.bytes.withUnsafeBytes { dq_crc32c($0.baseAddress, $0.count) })
    return encoder.bytes
  }
}

extension SnapshotHeader {
  /// Reads the header from the first bytes of a file.
  init(_ bytes: UnsafeRawBufferPointer, path: String) throws(Diagnostic) {
    let magic = SnapshotFormat.magic
    guard bytes.count >= magic.count, bytes.prefix(magic.count).elementsEqual(magic) else {
      throw SnapshotErrors.notASnapshot(path)
    }
    let size = SnapshotFormat.headerSize
    guard bytes.count >= size else {
      throw SnapshotErrors.damaged(path, "it ends within its header")
    }
    // Another version may keep its checksum elsewhere.
    let version = UInt32(littleEndian: bytes.load(fromByteOffset: 8, as: UInt32.self))
    guard version == SnapshotFormat.version else {
      throw SnapshotErrors.otherVersion(path, version)
    }
    let checksum = UInt32(littleEndian: bytes.load(fromByteOffset: size &- 4, as: UInt32.self))
    guard dq_crc32c(bytes.baseAddress, size &- 4) == checksum else {
      throw SnapshotErrors.damaged(path, "its header is not as it was written")
    }
    var decoder = CatalogDecoder(UnsafeRawBufferPointer(rebasing: bytes[16..<size]))
    do throws(MalformedCatalog) {
      byteCount = try decoder.count()
      catalogOffset = try decoder.count()
      catalogByteCount = try decoder.count()
      catalogChecksum = try decoder.fixed(UInt32.self)
    } catch {
      throw SnapshotErrors.damaged(path, "its header is not as it was written")
    }
  }
}
