import ColumnStore
import QueryPlanning
import Synchronization

/// What the planner asks of the loaded values, found when it asks first.
final class TableFacts: DatasetFacts {
  private let tables: [Table]
  /// How many surveys gave each rating, for the tables that hold any.
  private let ratings: [ValueCounts?]
  private let found = Mutex(Found())
  /// Dictionaries larger than this are not offered as suggestions.
  private static let largestDictionary = 20_000

  /// What was found so far, by the column's place.
  private struct Found {
    var values: [Place: [String]] = [:]
    var isRepeating: [Place: Bool] = [:]
    var counts: [Place: [UInt32]] = [:]
  }

  private struct Place: Hashable {
    var dataset: Int
    var column: Int
  }

  init(_ tables: [Table], ratings: [ValueCounts?] = []) {
    self.tables = tables
    self.ratings = ratings
  }

  func values(dataset: Int, column: Int) -> [String] {
    let place = Place(dataset: dataset, column: column)
    if let values = found.withLock({ $0.values[place] }) { return values }
    let values = counted(dataset: dataset, column: column).map(\.text)
    found.withLock { $0.values[place] = values }
    return values
  }

  /// The texts of a column with how many rows hold each, most frequent first.
  func counted(dataset: Int, column: Int) -> [(text: String, count: Int)] {
    let codes: CodeArray
    let dictionary: TextHeap
    switch tables[dataset].columns[column] {
    case .dictionary(let texts): (codes, dictionary) = (texts.codes, texts.dictionary)
    case .tags(let tags): (codes, dictionary) = (tags.codes, tags.dictionary)
    case .number, .text, .template: return []
    }
    guard dictionary.count <= Self.largestDictionary else { return [] }
    let counts = counts(codes, of: dictionary, at: Place(dataset: dataset, column: column))
    return (0..<dictionary.count)
      .map { (dictionary.string($0), Int(counts[$0 + 1])) }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
  }

  /// How many rows or entries have each code.
  private func counts(_ codes: CodeArray, of dictionary: TextHeap, at place: Place) -> [UInt32] {
    if let counts = found.withLock({ $0.counts[place] }) { return counts }
    var counts = [UInt32](repeating: 0, count: dictionary.count + 1)
    for index in 0..<codes.count { counts[codes[index]] &+= 1 }
    found.withLock { $0.counts[place] = counts }
    return counts
  }

  /// The texts of a column of many that have a beginning, with how many rows hold each, most
  /// frequent first: so many at most, of the entries or rows that can be looked at while somebody
  /// waits for the Tab key.
  func texts(
    dataset: Int, column: Int, beginning: String, limit: Int
  ) -> [(text: String, count: Int)] {
    let wanted = beginning.utf8.map(Self.folded)
    func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
      text.count >= wanted.count && zip(text, wanted).allSatisfy { Self.folded($0) == $1 }
    }
    var counts: [String: Int] = [:]
    let values = tables[dataset].columns[column]
    switch values {
    case .dictionary(let texts):
      let dictionary = texts.dictionary
      let all = self.counts(
        texts.codes, of: dictionary, at: Place(dataset: dataset, column: column))
      // Only the most frequent are kept while the others are looked at.
      var best: [Int] = []
      var least: UInt32 = 0
      func keepBest() {
        best.sort { all[$0 + 1] != all[$1 + 1] ? all[$0 + 1] > all[$1 + 1] : $0 < $1 }
        if best.count > limit {
          best.removeLast(best.count - limit)
          least = all[best[limit - 1] + 1]
        }
      }
      for entry in 0..<min(dictionary.count, Self.mostLookedAt) where all[entry + 1] > least {
        guard begins(dictionary.utf8(entry)) else { continue }
        best.append(entry)
        if best.count == 8 &* limit { keepBest() }
      }
      keepBest()
      for entry in best { counts[dictionary.string(entry)] = Int(all[entry + 1]) }
    case .text, .template:
      let reader = values.textReader()
      for row in 0..<min(values.count, Self.mostLookedAt) {
        guard let bytes = reader?.utf8(row), begins(bytes) else { continue }
        let text = String(decoding: bytes, as: UTF8.self)
        if counts[text] != nil || counts.count < limit { counts[text, default: 0] += 1 }
      }
    case .number, .tags: break
    }
    return counts.map { ($0.key, $0.value) }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
  }

  private static let mostLookedAt = 2_000_000

  /// A byte as names are compared: without regard to case, and with blanks, `_` and `-` alike.
  private static func folded(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case UInt8(ascii: " "), UInt8(ascii: "-"): UInt8(ascii: "_")
    default: byte
    }
  }

  /// How many rows hold each number of a column; none where it holds no numbers.
  func numberCounts(dataset: Int, column: Int) -> [Double: Int] {
    guard case .number(let numbers) = tables[dataset].columns[column] else { return [:] }
    return ValueCounts(of: numbers, by: nil).entries.reduce(into: [:]) { counts, entry in
      counts[entry.value] = entry.count
    }
  }

  func timeRange(dataset: Int, column: Int) -> ClosedRange<Int64>? {
    guard case .number(let numbers) = tables[dataset].columns.outline(column),
      numbers.width != .float64, numbers.minimum != 0 || numbers.maximum != 0
    else { return nil }
    let unit = PowersOfTen.integer(numbers.scale)
    func floor(_ value: Int64) -> Int64 {
      let (quotient, rest) = value.quotientAndRemainder(dividingBy: unit)
      return rest < 0 ? quotient - 1 : quotient
    }
    return floor(numbers.minimum)...floor(numbers.maximum)
  }

  func isFilled(dataset: Int, column: Int) -> Bool {
    guard case .number(let numbers) = tables[dataset].columns.outline(column) else { return false }
    return numbers.validity == nil
  }

  func numberRange(dataset: Int, column: Int, kind: String?) -> ClosedRange<Double>? {
    if ratings.indices.contains(dataset), let counted = ratings[dataset],
      tables[dataset].schema.index(of: "score") == column
    {
      let values = counted.entries.filter { kind == nil || $0.text?.lowercased() == kind }
        .map(\.value)
      guard let low = values.min(), let high = values.max() else { return nil }
      return low...high
    }
    guard case .number(let numbers) = tables[dataset].columns[column] else { return nil }
    let isOfKind = filter(dataset: dataset, kind: kind)
    var range: ClosedRange<Double>?
    for row in 0..<numbers.count where isOfKind(row) {
      guard let value = numbers.double(row) else { continue }
      range = range.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
    }
    return range
  }

  func repeats(dataset: Int, column: Int) -> Bool {
    let place = Place(dataset: dataset, column: column)
    if let known = found.withLock({ $0.isRepeating[place] }) { return known }
    let repeats = tables[dataset].columns[column].repeatedRowCount > 0
    found.withLock { $0.isRepeating[place] = repeats }
    return repeats
  }

  func words(dataset: Int, column: Int, kind: String?) -> [String] {
    let isOfKind = filter(dataset: dataset, kind: kind)
    var words: Set<String> = []
    let values = tables[dataset].columns[column]
    switch values {
    case .dictionary(let texts):
      var isUsed = [Bool](repeating: false, count: texts.dictionary.count + 1)
      for row in 0..<texts.count where isOfKind(row) { isUsed[texts.codes[row]] = true }
      for code in isUsed.indices.dropFirst() where isUsed[code] {
        words.insert(texts.dictionary.string(code - 1))
      }
    case .text, .template:
      let reader = values.textReader()
      for row in 0..<values.count where isOfKind(row) {
        if let text = reader?.string(row) { words.insert(text) }
      }
    case .number, .tags: break
    }
    return words.sorted()
  }

  /// Whether a row is a survey of a kind; all are where there is no kind.
  private func filter(dataset: Int, kind: String?) -> (Int) -> Bool {
    guard let kind, let index = tables[dataset].schema.index(of: "kind"),
      case .dictionary(let kinds) = tables[dataset].columns[index]
    else { return { _ in true } }
    let wanted = (0..<kinds.dictionary.count).first {
      kinds.dictionary.string($0).lowercased() == kind
    }
    guard let wanted else { return { _ in false } }
    return { kinds.codes[$0] == wanted + 1 }
  }
}
