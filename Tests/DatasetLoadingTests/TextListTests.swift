import CKernels
import Diagnostics
import Testing

@testable import DatasetLoading

/// How lists in fields are split into words.
@Suite struct TextListTests {
  /// Fields of a separated text: the bytes, and where each ends, with one end in front.
  private struct Fields {
    var bytes: [UInt8] = [0x2C]
    var ends: [UInt32] = [0]

    mutating func append(_ text: [UInt8]) {
      bytes += text
      ends.append(UInt32(bytes.count))
      bytes.append(0x2C)
    }

    /// The words of each row up to the first list with quotes in it, and how many rows are empty.
    func split(at separator: UInt8) -> (words: [[String]], emptyCount: Int) {
      let padded = bytes + [UInt8](repeating: 0, count: 64)
      let room = bytes.count / 2 + ends.count + 4
      var starts = [UInt32](repeating: 0, count: room)
      var stops = [UInt32](repeating: 0, count: room)
      var counts = [UInt32](repeating: 0, count: ends.count)
      var emptyCount = 0
      let rows = padded.withUnsafeBufferPointer { bytes in
        ends.withUnsafeBufferPointer { ends in
          starts.withUnsafeMutableBufferPointer { starts in
            stops.withUnsafeMutableBufferPointer { stops in
              guard let first = ends.baseAddress else { return 0 }
              var run = FieldRun(
                bytes: bytes.baseAddress, before: first, beforeStep: 1, skip: 1, ends: first + 1,
                step: 1, count: ends.count - 1)
              var words = ListWords(
                starts: starts.baseAddress, ends: stops.baseAddress, count: 0, emptyCount: 0)
              let rows = dq_split_lists(&run, 0, separator, &words, &counts)
              emptyCount = words.emptyCount
              return rows
            }
          }
        }
      }
      let words = (0..<rows).map { row in
        (row == 0 ? 0 : Int(counts[row - 1]))..<Int(counts[row])
      }
      return (
        words.map { $0.map { SafeText.string(Array(bytes[Int(starts[$0])..<Int(stops[$0])])) } },
        emptyCount
      )
    }
  }

  /// The words of a list as they are defined.
  private func words(_ text: String, _ separator: Character) -> [String] {
    text.split(separator: separator).compactMap { part in
      let bare = part.drop { $0 == " " }
      let word = bare.reversed().drop { $0 == " " }.reversed()
      return word.isEmpty ? nil : String(word)
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4], [";", "|", " "] as [Character])
  func listsAreSplitIntoTheirWords(seed: UInt64, separator: Character) throws {
    var random = SeededGenerator(seed: seed)
    let mark = try #require(separator.asciiValue)
    for _ in 0..<600 {
      var fields = Fields()
      var texts: [String] = []
      let letters: [Character] =
        [["a", "b", separator], ["a", "b", "c", " ", separator]]
        .randomElement(using: &random) ?? []
      let longest = [4, 20, 63, 64, 65, 140].randomElement(using: &random) ?? 20
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        let count =
          Bool.random(using: &random) ? longest : Int.random(in: 0...longest, using: &random)
        let isWordy = Bool.random(using: &random)
        let text = String(
          (0..<count).map { place -> Character in
            if isWordy, place % 6 < 5 { return "w" }
            return letters.randomElement(using: &random) ?? "a"
          })
        texts.append(text)
        fields.append(Array((Bool.random(using: &random) ? text : "\"\(text)\"").utf8))
      }
      let (split, emptyCount) = fields.split(at: mark)
      #expect(split == texts.map { words($0, separator) })
      #expect(emptyCount == texts.count(where: \.isEmpty))
    }
  }

  @Test func stopsAtAListWithQuotesInIt() {
    for text in [
      "a;\"b\"", "\"a;\"\"b\"\"\"", "\"\"\"\"", String(repeating: "x", count: 70) + "\"",
    ] {
      for before in 0..<3 {
        var fields = Fields()
        for _ in 0..<before { fields.append(Array("a;b".utf8)) }
        fields.append(Array(text.utf8))
        fields.append(Array("c".utf8))
        #expect(fields.split(at: 0x3B).words == [[String]](repeating: ["a", "b"], count: before))
      }
    }
  }

  /// Lists of every kind in one column, in chunks of several sizes.
  @Test(arguments: [64, 200, 1 << 16])
  func listsOfEveryKindAreRead(chunkSize: Int) throws {
    let lists: [(text: String, words: [String])] = [
      ("bug;vip", ["bug", "vip"]), ("", []), ("\"vip; bug\"", ["bug", "vip"]),
      ("\"a \"\"b\"\";bug\"", ["a \"b\"", "bug"]), (" vip ;; bug ;", ["bug", "vip"]),
      ("bug;vip;bug", ["bug", "vip"]), (";", []), ("bug \"x\";vip", ["bug \"x\"", "vip"]),
      ("bug;" + String(repeating: "w", count: 80), ["bug", String(repeating: "w", count: 80)]),
      ("a;b;c;d;e;f;g;h;i", ["a", "b", "c", "d", "e", "f", "g", "h", "i"]),
    ]
    let rows = (0..<60).map { (($0 * 7) % lists.count, $0) }
    let text =
      "id,created_at,tags,status\n"
      + rows.map { "\($0.1),2024-03-01T10:00:00Z,\(lists[$0.0].text),open\n" }.joined()
    var tuning = LoadTuning()
    tuning.chunkSize = chunkSize
    let loaded = try load(text, path: "tickets.csv", tuning: tuning)
    #expect(loaded.type("tags") == .tags)
    #expect(
      loaded.cells("tags")
        == rows.map {
          let words = lists[$0.0].words
          return words.isEmpty ? nil : words.sorted().joined(separator: "+")
        })
  }

  /// Lists of 0 to 9 codes, some of them twice, whose codes get new names.
  @Test(arguments: [1, 2, 7, 64, 500])
  func listsOfCodesAreSorted(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    for most in [0, 1, 4, 5, 9] {
      let lists: [[UInt8]] = (0..<count).map { _ in
        (0..<Int.random(in: 0...most, using: &random)).map { _ in
          UInt8.random(in: 1...63, using: &random)
        }
      }
      let renamed = [0] + (1...63).map { UInt32($0) }.shuffled(using: &random)
      let codes = Array(lists.joined()) + [0]
      var given: [UInt32] = []
      for list in lists { given.append((given.last ?? 0) + UInt32(list.count)) }
      // What stands before is kept, and nothing is written behind.
      let before: [UInt8] = [9, 9]
      let room = before.count + codes.count - 1
      var target = before + [UInt8](repeating: 7, count: room - before.count + 8)
      var ends = [UInt32](repeating: 0, count: count)
      let end = given.withUnsafeBufferPointer { given in
        codes.withUnsafeBufferPointer { codes in
          var lists = CodeLists(ends: given.baseAddress, codes: codes.baseAddress, count: count)
          return dq_sort_lists(&lists, renamed, &target, before.count, room, &ends)
        }
      }
      let sorted = lists.map { list in Set(list.map { UInt8(renamed[Int($0)]) }).sorted() }
      #expect(Array(target[..<end]) == before + sorted.flatMap { $0 })
      #expect(target[room...].allSatisfy { $0 == 7 })
      var wanted = before.count
      for (list, found) in zip(sorted, ends) {
        wanted += list.count
        #expect(Int(found) == wanted)
      }
    }
  }
}
