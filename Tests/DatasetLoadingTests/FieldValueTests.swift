import CKernels
import CivilTime
import ColumnStore
import Testing

@testable import DatasetLoading

/// Reading all fields of a column at once, beside reading them one by one.
@Suite struct FieldValueTests {
  /// What a parser finds of some texts, nil for empty ones; those left to be looked at are absent.
  private func values<P: ValueParser>(
    _ texts: [String], with parser: P
  ) throws -> [Int: Int64?] {
    var parser = parser
    var bytes = [UInt8](repeating: 0x39, count: 64)
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    for text in texts {
      starts.append(UInt32(bytes.count))
      bytes += Array(text.utf8)
      ends.append(UInt32(bytes.count))
      bytes.append(0x2C)
    }
    bytes += [UInt8](repeating: 0x39, count: 64)
    var found = [Int64](repeating: 0, count: texts.count)
    var others = [UInt32](repeating: 0, count: texts.count + 1)
    let counts = try #require(
      bytes.withUnsafeBufferPointer { bytes in
        starts.withUnsafeBufferPointer { starts in
          ends.withUnsafeBufferPointer { ends in
            found.withUnsafeMutableBufferPointer { found in
              others.withUnsafeMutableBufferPointer { others -> FoundValues.Counts? in
                guard let values = found.baseAddress, let rows = others.baseAddress else {
                  return nil
                }
                let run = FieldRun(
                  bytes: bytes.baseAddress, before: starts.baseAddress, beforeStep: 1, skip: 0,
                  ends: ends.baseAddress, step: 1, count: texts.count)
                return parser.parse(run, into: FoundValues(values: values, others: rows))
              }
            }
          }
        }
      })
    var result: [Int: Int64?] = [:]
    let left = Set(others[..<counts.others])
    for row in texts.indices where !left.contains(UInt32(row)) {
      result[row] = found[row] == ParseMark.missing ? .some(nil) : found[row]
    }
    #expect(counts.empty == texts.filter { $0.isEmpty || $0 == "\"\"" }.count)
    #expect(Array(left).sorted() == Array(others[..<counts.others]))
    return result
  }

  /// The number of a text that is plainly written, at a scale.
  private func number(_ text: String, scale: Int) -> Int64? {
    let isQuoted = text.hasPrefix("\"") && text.utf8.count >= 2
    let bare = isQuoted ? text.dropFirst().dropLast() : text[...]
    let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, !whole.isEmpty,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }),
      whole == "0" || whole.utf8.first != 0x30
    else { return nil }
    let decimals = parts.count == 2 ? parts[1].utf8.count : 0
    guard decimals <= scale, let digits = Int64(parts.joined()) else { return nil }
    let (value, overflows) = digits.multipliedReportingOverflow(
      by: PowersOfTen.integer(scale - decimals))
    return overflows ? nil : value
  }

  @Test(arguments: [UInt64(1), 2, 3], [(0, true), (0, false), (2, false), (6, false)])
  func readsNumbersAsTheyAreWritten(seed: UInt64, form: (scale: Int, isIdentifier: Bool)) throws {
    var random = SeededGenerator(seed: seed)
    let alphabets = ["0123456789", "0123456789.", "012345678901234567890a-. ", "019."]
    for count in [0, 1, 2, 63, 64, 65, 300] {
      let texts = (0..<count).map { _ in
        let alphabet = Array(alphabets.randomElement(using: &random) ?? "")
        let length = Int.random(in: 0...18, using: &random)
        var text = String((0..<length).map { _ in alphabet.randomElement(using: &random) ?? "0" })
        if Bool.random(using: &random), form.scale > 0 {
          // As many decimals as the column has.
          let bound = [1, 10, 1_000, 1_000_000].randomElement(using: &random) ?? 1
          let decimals = Int.random(in: 0..<Int(PowersOfTen.integer(form.scale)), using: &random)
          text = "\(Int.random(in: 0..<bound, using: &random)).\(padded(decimals, form.scale))"
        }
        return Bool.random(using: &random) ? text : "\"\(text)\""
      }
      let parser = DecimalParser(scale: form.scale, isIdentifier: form.isIdentifier)
      let found = try values(texts, with: parser)
      for (row, text) in texts.enumerated() {
        let isEmpty = text.isEmpty || text == "\"\""
        let expected = isEmpty ? nil : number(text, scale: form.scale)
        let length = text.hasPrefix("\"") ? text.utf8.count - 2 : text.utf8.count
        let isShort = length <= (text.contains(".") ? 8 : 16)
        guard let value = found[row] else {
          #expect(!isEmpty && (expected == nil || !isShort || form.isIdentifier), "\(text)")
          continue
        }
        #expect(isEmpty ? value == nil : value == expected && value != nil, "\(text)")
      }
    }
  }

  @Test func readsNumbersWithAUnit() throws {
    let style = DurationStyle(unit: 86_400)
    let texts = ["1", "", "99999999", "1234567890123456"]
    let found = try values(texts, with: DurationParser(style: style))
    #expect(found[0] == 86_400)
    #expect(found[1] == .some(nil))
    #expect(found[2] == 99_999_999 * 86_400)
    #expect(found[3] == nil)
    let long = DurationStyle(unit: .max / 1_000)
    let some = try values(["5", "10000"], with: DurationParser(style: long))
    #expect(some[0] == 5 * (.max / 1_000))
    #expect(some[1] == nil)
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  @Test func knowsEveryMonth() throws {
    var texts: [String] = []
    var expected: [Int64] = []
    for year in 0...9_999 {
      for month in 1...12 {
        let day = year % 2 == 0 ? 1 : CivilCalendar.daysInMonth(year: year, month: month)
        texts.append("\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))")
        expected.append(Int64(CivilCalendar.days(year: year, month: month, day: day)) * 86_400)
      }
    }
    let dates = TimeParser(order: .dayFirst, zone: .utc, isDateOnly: true)
    let times = TimeParser(scale: 3, order: .dayFirst, zone: .utc, isDateOnly: false)
    let days = try values(texts, with: dates)
    let moments = try values(texts.map { "\($0) 00:00:00Z" }, with: times)
    for row in texts.indices {
      #expect(days[row] == expected[row], "\(texts[row])")
      #expect(moments[row] == expected[row] * 1_000, "\(texts[row])")
    }
    let none = ["2023-02-29", "2100-02-29", "2024-04-31", "2024-00-10", "2024-13-01", "2024-01-00"]
    #expect(try values(none, with: dates).isEmpty)
    #expect(try values(none.map { "\($0)T10:00:00Z" }, with: times).isEmpty)
  }

  @Test func leavesTimesOfOtherLengths() throws {
    let zone = try TimeZoneRules(identifier: "Europe/Berlin")
    let parser = TimeParser(order: .dayFirst, zone: zone, isDateOnly: false)
    for first in ["2024-01-01T10:00:00", "2024-01-01 10:00", "2024-01-01T10:00:00+01:00"] {
      let found = try values([first, "", "2024-01-01T10:00:00Z", "\"\""], with: parser)
      #expect(found == [1: nil, 3: nil])
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func readsTimesAsTheyAreWritten(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let zone = seed % 2 == 0 ? TimeZoneRules.utc : try TimeZoneRules(identifier: "Europe/Berlin")
    for count in [1, 63, 64, 65, 130, 500] {
      let isOrdered = Bool.random(using: &random)
      let texts = (0..<count).map { row -> String in
        let month = isOrdered ? 1 + row / 100 : Int.random(in: 1...12, using: &random)
        var text =
          "\(isOrdered ? 2024 : Int.random(in: 1960...2060, using: &random))-\(padded(month, 2))-"
          + "\(padded(Int.random(in: 1...28, using: &random), 2))"
          + (seed == 3 || row % 7 == 3 ? " " : "T")
          + "\(padded(Int.random(in: 0...23, using: &random), 2)):"
          + "\(padded(Int.random(in: 0...59, using: &random), 2)):"
          + padded(Int.random(in: 0...59, using: &random), 2)
        if seed == 2 ? row % 9 == 2 : row % 9 != 2 { text += "Z" }
        if row % 5 == 4 {
          // Most wrong times differ from a right one by a character.
          let place = Int.random(in: 0..<text.utf8.count, using: &random)
          let wrong = Array("0123456789-:TZ /9".utf8).randomElement(using: &random) ?? 0x30
          var bytes = Array(text.utf8)
          bytes[place] = wrong
          text = String(decoding: bytes, as: UTF8.self)
        }
        return row % 11 == 5 ? "" : row % 13 == 1 ? "\"\(text)\"" : text
      }
      let parser = TimeParser(order: .dayFirst, zone: zone, isDateOnly: false)
      let found = try values(texts, with: parser)
      for (row, text) in texts.enumerated() {
        let bare = Array(text.utf8.filter { $0 != 0x22 })
        if bare.isEmpty {
          #expect(found[row] == .some(nil))
          continue
        }
        let time = bare.withUnsafeBufferPointer { TimeText($0, order: .dayFirst) }
        guard let value = found[row] else {
          // Whoever leaves a right one to be looked at, only loses time.
          let isPlain = bare.count == 20 && row % 5 != 4
          #expect(!isPlain, "\(text)")
          continue
        }
        let expected = time.map {
          Int64($0.day) * 86_400 + Int64($0.secondOfDay) - Int64($0.offset ?? 0)
        }
        #expect(value == expected && value != nil, "\(text)")
        #expect(time?.offset != nil || zone.isFixed, "\(text)")
      }
    }
  }
}
