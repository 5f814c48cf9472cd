/// What reading a column met with, to judge afterwards whether its kind was right.
struct ColumnTally {
  /// Fields that are not empty.
  var valueCount = 0
  /// Texts that are no value of the kind.
  var misfitCount = 0
  /// Texts that as numbers would lose what they are.
  var identifierCount = 0
  /// Words that stand for a missing value, with their counts.
  var markers: [String: Int] = [:]
  /// The first misfits in the order of the file.
  var misfits: [Misfit] = []
  var dayFirstCount = 0
  var monthFirstCount = 0
  var eitherCount = 0
  /// Times without an offset.
  var localCount = 0
  /// Durations with units or as clock times; of these, clock times of two parts and of three.
  var unitCount = 0
  var shortClockCount = 0
  var longClockCount = 0
  /// Dates whose clock time, in another column, is missing.
  var midnightCount = 0
  /// The few texts that did not fit, with their counts; nil where there are many.
  private(set) var misfitWords: [String: Int]? = [:]
  private static let wordLimit = 4

  /// A text that did not fit, with its place.
  struct Misfit {
    var chunk: Int
    var row: Int
    /// Line ends before it in its chunk.
    var line: Int
    var text: String
  }

  /// Counts a text that did not fit.
  mutating func countMisfit(_ text: UnsafeBufferPointer<UInt8>) {
    misfitCount &+= 1
    if misfitWords != nil { countWord(SafeText.string(text.prefix(whole: 40)), 1) }
  }

  private mutating func countWord(_ word: String, _ count: Int) {
    misfitWords?[word, default: 0] &+= count
    if misfitWords?.count ?? 0 > ColumnTally.wordLimit { misfitWords = nil }
  }

  /// Takes the few words that stand between many values as markers of missing ones.
  mutating func takeWordsAsMarkers() {
    guard let words = misfitWords, misfitCount > 1, identifierCount == 0, fitCount >= 20,
      fitCount >= misfitCount,
      words.allSatisfy({ $0.value > 1 && MissingMarker.mayMean($0.key) })
    else { return }
    markers.merge(words, uniquingKeysWith: &+)
    misfitCount = 0
    misfits = []
    misfitWords = [:]
  }

  /// Whether the dates may have the day first as well as the month.
  var hasOpenOrder: Bool { dayFirstCount &+ monthFirstCount == 0 && eitherCount > 0 }
  var markerCount: Int { markers.values.reduce(0, &+) }
  /// Texts that were read.
  var fitCount: Int { valueCount &- misfitCount &- markerCount }

  /// Adds what another thread met with.
  mutating func add(_ other: ColumnTally) {
    valueCount &+= other.valueCount
    misfitCount &+= other.misfitCount
    identifierCount &+= other.identifierCount
    markers.merge(other.markers, uniquingKeysWith: &+)
    misfits += other.misfits
    dayFirstCount &+= other.dayFirstCount
    monthFirstCount &+= other.monthFirstCount
    eitherCount &+= other.eitherCount
    localCount &+= other.localCount
    midnightCount &+= other.midnightCount
    unitCount &+= other.unitCount
    shortClockCount &+= other.shortClockCount
    longClockCount &+= other.longClockCount
    guard let words = other.misfitWords else {
      misfitWords = nil
      return
    }
    for (word, count) in words { countWord(word, count) }
  }

  /// Brings the misfits of all threads into the order of the file and keeps the first.
  mutating func sortMisfits() {
    misfits.sort { ($0.chunk, $0.row) < ($1.chunk, $1.row) }
    if misfits.count > LoadReport.problemLimit {
      misfits.removeLast(misfits.count &- LoadReport.problemLimit)
    }
  }
}
