import Diagnostics

/// Finds the lines behind a table.
extension ChunkReader {
  private static let footerBytes = 1 << 16

  /// The lines from a place to the end of the text, where they stand behind a blank line and each
  /// holds a single field; nil where they may be records of a table of three columns or more.
  func footer(from start: Int) -> TableFooter? {
    guard header.names.count > 2, isBehindBlankLine(start) else { return nil }
    while !isAtEnd {
      if readEnd &- start > ChunkReader.footerBytes { return nil }
      do throws(Diagnostic) { try readFurther() } catch { return nil }
    }
    var footer = TableFooter()
    var lineStart = start
    var isQuoted = false
    for index in start...readEnd {
      let byte = bytes[index]
      if index < readEnd, byte == header.dialect.quote {
        isQuoted.toggle()
      } else if isQuoted {
        if index == readEnd { return nil }
      } else if isLineEnd(index) {
        if index > lineStart {
          if footer.lineCount == 0 {
            footer.first = Array(
              UnsafeBufferPointer(start: bytes + lineStart, count: index &- lineStart))
          }
          footer.lineCount &+= 1
        }
        lineStart = index &+ 1
      } else if byte == header.dialect.delimiter {
        return nil
      }
    }
    return footer.isShort ? footer : nil
  }

  /// Whether the line before one that starts here is empty.
  private func isBehindBlankLine(_ start: Int) -> Bool {
    var position = start &- 1
    var lineEnds = 0
    while position > 0, bytes[position] == 0x0A || bytes[position] == 0x0D {
      if bytes[position] == 0x0A, bytes[position &- 1] == 0x0D { position &-= 1 }
      position &-= 1
      lineEnds &+= 1
    }
    return lineEnds > 1
  }
}
