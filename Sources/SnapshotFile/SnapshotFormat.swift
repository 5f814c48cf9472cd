/// The layout of a snapshot, a `.deskdb` file; all numbers are little-endian.
///
/// ```
/// header    64 bytes   magic 89 44 45 53 4B 44 42 0A ("\x89DESKDB\n"); UInt32 version; UInt32 0;
///                      UInt64 bytes of the file; UInt64 offset and UInt64 bytes of the catalog;
///                      UInt32 CRC-32C of the catalog; 16 bytes 0; UInt32 CRC-32C of the 60 before
/// sections             runs of values, each at a multiple of 64 bytes and followed by at least
///                      64 bytes 0; nothing else lies between them
/// catalog              what is in the file; behind it 64 bytes 0, the last of the file
/// ```
///
/// The catalog holds, in this order (a list is a UInt32 count and its items; a text a UInt32 count
/// of bytes and UTF-8; an integer an Int64; a flag a byte 0 or 1):
///
/// ```
/// sections   list of: UInt64 offset, UInt64 bytes
/// checksums  list of UInt32: the CRC-32C of each 256 KiB of each section, in order
/// datasets   list of: text name; integer rows; flag whether its rows stand in the ticket file;
///            list of columns: text name, header, type, remark, flag whether it has a
///            scale of ratings, Float64 lowest and highest; values
///            counts of ratings: flag whether known, list of: flag, text kind; Float64; integer
///            report: flag whether there is one; see `CatalogEncoder.append(_:)`
/// links      list of: integers child, its key column, parent, its key column; values with the
///            parent's row or -1 for each row of the child; integer rows of the child whose key no
///            row of the parent has, flag whether others have a parent; list of: integer column of
///            the parent, its values as the rows of the child see them
/// ```
///
/// Values are a byte for their kind and what it needs; an integer that stands for a section is its
/// index, -1 where there is none:
///
/// ```
/// 0 numbers     byte width 0…4 (Int8, Int16, Int32, Int64, Float64), byte scale, integer count;
///               sections of the values, the validity bits and the block bounds (Int64 pairs)
/// 1 dictionary  integer count, byte bytes of a code; section of the codes; heap
/// 2 text        heap; section of the validity bits
/// 3 tags        integer count; section of the UInt32 offsets; integer count of codes, byte bytes
///               of a code, section of the codes; heap
/// 4 templates   as 1; sections of the digits and of their UInt64 offsets
/// heap          integer count, flag whether offsets have 64 bits; sections of bytes and offsets
/// ```
///
/// A reader checks the header and the catalog when it opens the file, and a section when a column
/// in it is first used; it refuses other versions than its own.
enum SnapshotFormat {
  static let magic: [UInt8] = [0x89, 0x44, 0x45, 0x53, 0x4B, 0x44, 0x42, 0x0A]
  static let version: UInt32 = 4
  static let headerSize = 64
  /// Sections start at multiples of this, and as many bytes behind each are 0.
  static let alignment = 64
  /// Bytes that one checksum covers; so few that they are still in the processor when they are
  /// read again.
  static let blockSize = 1 << 18

  static func blockCount(_ byteCount: Int) -> Int { (byteCount &+ blockSize &- 1) / blockSize }

  /// The next offset at which a section may start, behind the zeros of one that ends here.
  static func aligned(_ end: Int) -> Int { (end &+ 2 &* alignment &- 1) & ~(alignment &- 1) }
}
