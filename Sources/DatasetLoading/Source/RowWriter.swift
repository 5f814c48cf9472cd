import Glibc

/// Writes rows of fields as delimited text: commas, quotes around every text.
struct RowWriter {
  let output: OutputBuffer
  private var isFirst = true
  private var rowStart = 0

  init(_ output: OutputBuffer) { self.output = output }

  private mutating func separate() {
    if isFirst { rowStart = output.count } else { output.append(0x2C) }
    isFirst = false
  }

  /// A field without a value.
  mutating func missing() { separate() }

  /// A field that holds no quotes, commas or line ends, such as a number.
  mutating func plain(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    separate()
    output.append(bytes, count)
  }

  /// A field that holds no quotes, commas or line ends.
  mutating func plain(_ text: String) {
    separate()
    output.append(text)
  }

  /// A field with any text.
  mutating func text(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    separate()
    if count == 0 { return }
    output.append(0x22)
    var start = 0
    while start < count {
      guard let hit = memchr(bytes + start, 0x22, count &- start) else { break }
      let stop = UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - bytes &+ 1
      output.append(bytes + start, stop &- start)
      output.append(0x22)
      start = stop
    }
    output.append(bytes + start, count &- start)
    output.append(0x22)
  }

  /// A field with any text.
  mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      if let base = bytes.baseAddress { self.text(base, bytes.count) } else { missing() }
    }
  }

  /// The end of a row.
  mutating func endRow() {
    // A line with nothing on it would count as blank.
    if output.count == rowStart {
      output.append(0x22)
      output.append(0x22)
    }
    output.append(0x0A)
    isFirst = true
  }
}
