import Diagnostics

/// Turns the records of a JSON file into rows of delimited text, header first.
final class JSONStream: ProducingStream {
  private let reader: JSONReader
  private let records: JSONRecordReader
  private let survey: JSONSurvey
  private var hasHeader = false
  private var isInArray = false
  private var isEnded = false

  init(_ opener: StreamOpener, _ survey: JSONSurvey, path: String) throws(Diagnostic) {
    reader = try JSONReader(try opener.open(), path: path)
    records = JSONRecordReader(reader, isSurvey: false)
    records.start(root: survey.root, slotCount: survey.slotCount)
    self.survey = survey
    super.init()
    try findRecords()
  }

  /// Goes to the first record; the survey has seen that the text is sound.
  private func findRecords() throws(Diagnostic) {
    guard let keys = survey.arrayKeys else { return }
    reader.isSkipping = true
    for key in keys {
      try reader.expect(0x7B, "{")
      while try key != nextKey() {
        try reader.value(depth: 1)
        try reader.expect(0x2C, "a comma")
      }
    }
    reader.isSkipping = false
    try reader.expect(0x5B, "[")
    isInArray = true
    if try reader.next() == 0x5D { isEnded = true }
  }

  private func nextKey() throws(Diagnostic) -> String {
    _ = try reader.next()
    reader.text.removeAll()
    try reader.string()
    try reader.expect(0x3A, "a colon")
    let bytes = UnsafeBufferPointer(start: reader.text.base, count: reader.text.count)
    return SafeText.string(bytes)
  }

  private static let pieceSize = 1 << 16

  override func produce() throws(Diagnostic) -> Bool {
    var writer = RowWriter(output)
    if !hasHeader {
      hasHeader = true
      for column in survey.columns { writer.text(column.name) }
      writer.endRow()
    }
    while output.count < JSONStream.pieceSize, !isEnded {
      if !isInArray, try reader.next() == nil {
        isEnded = true
        break
      }
      try records.readRecord(depth: 1)
      write(&writer)
      if isInArray {
        if try reader.next() == 0x2C { reader.advance() } else { isEnded = true }
      }
    }
    return output.count > 0
  }

  private func write(_ writer: inout RowWriter) {
    for column in survey.columns {
      guard records.isSet(column.slot) else {
        writer.missing()
        continue
      }
      let slot = records.slots[column.slot]
      let start = reader.text.base + slot.start
      if slot.isQuoted {
        writer.text(start, slot.end &- slot.start)
      } else {
        writer.plain(start, slot.end &- slot.start)
      }
    }
    writer.endRow()
  }
}
