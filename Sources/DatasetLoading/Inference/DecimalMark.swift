/// Which mark stands before the decimals of a file's numbers.
struct DecimalMark: Hashable, Sendable {
  /// Whether it is the comma.
  var isComma = false
  /// Whether the user, or numbers of the file, say so.
  var isTold = false
  /// Which numbers of the file do, as in "as those of 'fee' show".
  private(set) var reason: String?
  /// Whether the reading of `1.234` and `1,234` depends on what is told.
  private(set) var isDoubtful = false

  /// The mark that a file's columns tell, each in its own way; as expected where none does, or
  /// where they differ.
  init(_ columns: [KindProposal], _ headers: [String], expected: Bool) {
    let marks = columns.map(DecimalMark.told)
    let told = Set(marks.compactMap { $0 })
    isTold = told.count == 1
    isComma = told.count == 1 && told.first == true || told.count != 1 && expected
    isDoubtful = isComma || expected
    if isTold, let first = marks.firstIndex(where: { $0 != nil }) {
      reason = "as the numbers of \(SafeText.quoted(headers[first])) show"
    }
  }

  init(isComma: Bool = false, isTold: Bool = false) {
    self.isComma = isComma
    self.isTold = isTold
  }

  /// Whether the comma stands before the decimals of a column of numbers; nil for other columns
  /// and where the numbers do not tell.
  private static func told(_ column: KindProposal) -> Bool? {
    // Most columns are told by their first text.
    guard let first = column.counted.first, mayBeNumber(first),
      column.counted.contains(where: { $0.contains(where: isMark) }),
      let isComma = told(column.counted),
      // Bare numbers tell it too, however many blanks stand around them, and are read faster.
      !isComma && column.fits(.number(isIdentifier: false))
        || column.fits(.dressedNumber(NumberStyle(hasDecimalComma: isComma)))
    else { return nil }
    return isComma
  }

  /// Whether a text has no more than a number, or one beside a currency.
  private static func mayBeNumber(_ text: ArraySlice<UInt8>) -> Bool {
    var digits = 0
    var letters = 0
    var dashes = 0
    for byte in text {
      if byte >= 0x30 && byte <= 0x39 { digits &+= 1 }
      if byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A { letters &+= 1 }
      if byte == 0x2D { dashes &+= 1 }
      if byte == 0x3A { return false }
    }
    return digits > 0 && letters <= 3 && dashes <= 1
  }

  /// Whether the comma stands before decimals; nil where the texts do not tell.
  static func told(_ texts: PaddedTexts) -> Bool? {
    var commas = 0
    var points = 0
    for text in texts {
      guard let last = text.lastIndex(where: isMark) else { continue }
      let front = text[..<last]
      let decimals = text[(last + 1)...].prefix(while: Digits.isDigit).count
      let same = 1 + front.count { $0 == text[last] }
      let isAlone = !front.contains(where: isMark)
      // `1,234` may be both; `1,5`, `1.234,567`, `0,125` and `1,234,567` may not.
      let isBelowOne = isAlone && front.last == 0x30 && front.count < 3
      let isDecimal = same == 1 && (decimals != 3 || !isAlone || isBelowOne)
      let isGroup = same > 1
      guard isDecimal || isGroup else { continue }
      if (text[last] == 0x2C) == isDecimal { commas &+= 1 } else { points &+= 1 }
    }
    return commas == points ? nil : commas > points
  }

  fileprivate static func isMark(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x2E }
}

extension KindProposal {
  /// Whether every mark in the texts may stand before decimals or between thousands, as in
  /// `1.234`, and there is one.
  var hasDoubtfulMarks: Bool {
    var isMarked = false
    for text in counted {
      guard let mark = text.firstIndex(where: DecimalMark.isMark) else { continue }
      let front = text[..<mark].drop { $0 == 0x2D || $0 == 0x2B }
      let back = text[(mark + 1)...]
      guard (1...3).contains(front.count), front.first != 0x30, back.count == 3,
        (front + back).allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
      else { return false }
      isMarked = true
    }
    return isMarked
  }

  /// Points between thousands, where the file's other numbers have a decimal comma.
  var groupedStyle: NumberStyle? {
    let style = NumberStyle(hasDecimalComma: true)
    guard decimalMark.isTold, decimalMark.isComma, hasDoubtfulMarks,
      counted.contains(where: { $0.contains(0x2E) }), fits(.dressedNumber(style))
    else { return nil }
    return style
  }
}
