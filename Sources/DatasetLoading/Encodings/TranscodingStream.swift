import Diagnostics

/// Turns text of another encoding into UTF-8.
final class TranscodingStream: ProducingStream {
  private let input: StreamBuffer
  private let encoding: TextEncoding
  private let path: String
  // Bytes of the text before the buffer's start.
  private var offset = 0
  private var skip: Int

  /// A stream whose first `skip` bytes, the mark of the encoding, are left out.
  init(_ stream: any ByteStream, _ encoding: TextEncoding, skip: Int = 0, path: String) {
    input = StreamBuffer(stream)
    self.encoding = encoding
    self.skip = skip
    self.path = path
  }

  override func produce() throws(Diagnostic) -> Bool {
    try input.refill()
    if skip > 0 {
      advance(min(skip, input.count))
      skip = 0
    }
    if input.count == 0 { return false }
    switch encoding {
    case .utf8:
      output.append(input.base + input.start, input.count)
      advance(input.count)
    case .singleByte(let table): try decode(table)
    case .utf16(let isLittleEndian): try decodeUTF16(isLittleEndian)
    }
    return true
  }

  private func advance(_ count: Int) {
    input.start &+= count
    offset &+= count
  }

  private func decode(_ table: SingleByteEncoding) throws(Diagnostic) {
    // No character of these encodings is longer than 3 bytes.
    let target = output.room(input.count &* 3)
    var done = 0
    for from in input.start..<input.end {
      let byte = input.base[from]
      if byte < 0x80 {
        target[done] = byte
        done &+= 1
        continue
      }
      let character = table.characters[Int(byte &- 0x80)]
      if character.isEmpty {
        throw LoadErrors.noCharacter(
          path, byte: offset &+ from &- input.start, "the byte 0x" + String(byte, radix: 16))
      }
      for part in character {
        target[done] = part
        done &+= 1
      }
    }
    output.advance(done)
    advance(input.count)
  }

  private func decodeUTF16(_ isLittleEndian: Bool) throws(Diagnostic) {
    let (low, high) = isLittleEndian ? (0, 1) : (1, 0)
    func unit(_ index: Int) -> UInt32 {
      UInt32(input.base[index &+ low]) | UInt32(input.base[index &+ high]) &<< 8
    }
    let target = output.room(input.count / 2 &* 3 &+ 3)
    var done = 0
    var from = input.start
    while input.end &- from >= 2 {
      var value = unit(from)
      var length = 2
      if value & 0xF800 == 0xD800 {
        // The second half may be in what comes next.
        if input.end &- from < 4, !input.isLast { break }
        let next = value < 0xDC00 && input.end &- from >= 4 ? unit(from &+ 2) : 0
        if next & 0xFC00 != 0xDC00 {
          throw LoadErrors.noCharacter(path, byte: offset &+ from &- input.start, "half a pair")
        }
        value = 0x1_0000 &+ ((value & 0x3FF) &<< 10) &+ (next & 0x3FF)
        length = 4
      }
      done &+= UTF8Bytes.write(value, target + done)
      from &+= length
    }
    output.advance(done)
    advance(from &- input.start)
    if input.isLast, input.count > 0 {
      throw LoadErrors.noCharacter(path, byte: offset, "half a character")
    }
  }
}

/// Writes characters as UTF-8.
enum UTF8Bytes {
  /// Writes the 1 to 4 bytes of a character and gives how many.
  @inline(__always)
  static func write(_ value: UInt32, _ target: UnsafeMutablePointer<UInt8>) -> Int {
    func tail(_ shift: UInt32) -> UInt8 {
      0x80 | UInt8(truncatingIfNeeded: (value &>> shift) & 0x3F)
    }
    switch value {
    case 0..<0x80:
      target[0] = UInt8(truncatingIfNeeded: value)
      return 1
    case 0x80..<0x800:
      target[0] = 0xC0 | UInt8(truncatingIfNeeded: value &>> 6)
      target[1] = tail(0)
      return 2
    case 0x800..<0x1_0000:
      target[0] = 0xE0 | UInt8(truncatingIfNeeded: value &>> 12)
      target[1] = tail(6)
      target[2] = tail(0)
      return 3
    default:
      target[0] = 0xF0 | UInt8(truncatingIfNeeded: value &>> 18)
      target[1] = tail(12)
      target[2] = tail(6)
      target[3] = tail(0)
      return 4
    }
  }
}
