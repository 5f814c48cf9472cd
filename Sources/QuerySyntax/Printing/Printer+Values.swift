import Diagnostics

extension Printer {
  /// Writes a name; where a bare word may stand for text, it stays as it was written.
  mutating func write(_ name: NameNode, isValue: Bool = false) {
    let needsBackticks = isValue ? name.isQuoted : Self.isReserved(name.text)
    let escaped = name.text.split(separator: "`", omittingEmptySubsequences: false)
      .joined(separator: "``")
    write(needsBackticks || !Self.isWord(name.text) ? "`\(escaped)`" : name.text)
  }

  /// Whether a bare word could be read as something else than a name.
  private static func isReserved(_ word: String) -> Bool {
    guard let keyword = Keyword(Array(word.utf8)[...]) else {
      return word.lowercased() == AggregateFunction.count.keyword
    }
    return keyword.followsOperand
  }

  /// Whether the lexer reads a text as one bare word.
  private static func isWord(_ text: String) -> Bool {
    let stream = Lexer.tokens(of: SourceText(text), keepingComments: true)
    guard stream.tokens.count == 2, let first = stream.tokens.first else { return false }
    return first.isWord && first.range == SourceRange(0, text.utf8.count)
  }

  /// Writes text in single quotes.
  mutating func write(_ text: TextNode) {
    let escaped = text.value.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "''")
    write("'\(escaped)'")
  }

  /// Writes a count.
  mutating func write(_ count: CountNode) {
    switch count.form {
    case .literal(let number): write(String(number))
    case .parameter(let name): write(parameter: name)
    }
  }

  /// Writes a period.
  mutating func write(_ period: PeriodNode) {
    switch period.form {
    case .year(let year): write(digits(year, 4))
    case .quarter(let year, let quarter): write("\(digits(year, 4))-Q\(quarter)")
    case .month(let year, let month): write("\(digits(year, 4))-\(digits(month, 2))")
    case .week(let year, let week): write("\(digits(year, 4))-W\(digits(week, 2))")
    case .day(let year, let month, let day): write(date(year, month, day))
    case .hour(let year, let month, let day, let hour):
      write("\(date(year, month, day))T\(digits(hour, 2))")
    case .minute(let year, let month, let day, let hour, let minute):
      write("\(date(year, month, day))T\(digits(hour, 2)):\(digits(minute, 2))")
    case .today: write("today")
    case .yesterday: write("yesterday")
    case .this(let unit): write("this \(unit.rawValue)")
    case .last(nil, let unit): write("last \(unit.rawValue)")
    case .last(let count?, let unit): write("last \(counted(count, unit))")
    case .latest(let count, let unit): write("latest \(counted(count, unit))")
    case .span(let first, let last):
      write(first)
      write("..")
      write(last)
    case .parameter(let name): write(parameter: name)
    }
  }

  private func counted(_ count: Int, _ unit: TimeUnit) -> String {
    "\(count) \(unit.rawValue)\(count == 1 ? "" : "s")"
  }

  private func date(_ year: Int, _ month: Int, _ day: Int) -> String {
    "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))"
  }

  /// A number with zeros before it.
  func digits(_ number: Int, _ length: Int) -> String { String(number).padded(to: length) }
}
