import CivilTime
import QueryPlanning
import QuerySyntax

extension PositionFinder {
  /// Reads a condition; where it need be no test (`isTest`), a plain value is complete too.
  ///
  /// - Parameter start: what may begin an operand.
  mutating func readCondition(from start: Expectation, isTest: Bool) throws(AtCursor) {
    let outer = follow
    follow = (isTest ? [.words(WordTables.logic)] : []) + outer
    let negation = Expectation.words([Suggestion("not", "the opposite of a condition")])
    repeat {
      repeat { try stop(isTest ? [start, negation] : [start]) } while accept(.not)
      try readPredicate(from: start, isTest: isTest)
      follow = [.words(WordTables.logic)] + outer
    } while accept(.and) || accept(.or)
    try stop(follow)
    follow = outer
  }

  private mutating func readPredicate(
    from start: Expectation, isTest: Bool
  ) throws(AtCursor) {
    let outer = follow
    // At the cursor the operators come; the value itself stops at nothing.
    let outerLooksUp = looksUpNames
    looksUpNames = true
    let subject = try readSum(from: start, stopsBehind: false)
    looksUpNames = outerLooksUp
    let isComplete = !isTest || subject.kind == .boolean
    try stop(
      isComplete ? outer + [.operators(subject)] : [.operators(subject)])
    follow = [.words(WordTables.logic)] + outer.filter { !$0.isLogic }
    if let symbol = current?.symbol, ComparisonOperator(rawValue: symbol.rawValue) != nil {
      index += 1
      return try readRightSide(of: subject)
    }
    let isNegated = current?.keyword == .not
    if isNegated {
      index += 1
      try stop([.words(WordTables.negatable(subject.kind))])
    }
    switch current?.keyword {
    case .in where isNegated || allowsMembership(subject): try readMembership(of: subject)
    case .between:
      index += 1
      let rest = follow
      follow = [.words([Suggestion("and", "the upper end")])]
      try readRightSide(of: subject)
      follow = rest
      try need(.and, "the upper end")
      try readRightSide(of: subject)
    case .contains, .matches:
      let isPattern = current?.keyword == .matches
      index += 1
      try readRightSide(of: isPattern ? .computed(.unknown) : subject)
    case .starts, .ends:
      index += 1
      try need(.with, "a text")
      try readRightSide(of: subject)
    case .is:
      index += 1
      let missing = Suggestion("missing", "there is no value")
      try stop([.words([missing, Suggestion("not missing", "there is a value")])])
      if accept(.not) { try stop([.words([missing])]) }
      index += 1
    default: break
    }
  }

  /// Whether `in` behind a value asks for its values, not for the clause.
  private func allowsMembership(_ subject: Subject) -> Bool {
    subject.kind != .boolean || peek(1)?.symbol == .leftBracket
  }

  private mutating func readMembership(of subject: Subject) throws(AtCursor) {
    index += 1
    let list = Suggestion("(", "a list of values: (a, b)")
    guard current?.symbol == .leftBracket else {
      let isTime = subject.kind == .time || subject.kind == .bucket
      try stop(
        (isTime ? [.values(subject, excluding: [])] : subject.kind == .unknown ? [.periods] : [])
          + [.words([list])])
      return try readPeriod(.periods)
    }
    try nested { finder throws(AtCursor) in
      finder.index += 1
      finder.follow = [.words([WordTables.comma, WordTables.closing])]
      var listed: [String] = []
      repeat {
        let start = finder.index
        try finder.readRightSide(of: subject, excluding: listed)
        listed.append(TypedWord.content(of: finder.text(from: start)))
      } while finder.accept(.comma)
      try finder.stop(finder.follow)
      _ = finder.accept(.rightBracket)
    }
    try stop(follow)
  }

  /// Reads what a value is compared with.
  mutating func readRightSide(
    of subject: Subject, excluding listed: [String] = []
  ) throws(AtCursor) {
    let expected = Expectation.values(subject, excluding: listed)
    try stop([expected])
    let isText = subject.kind == .text || subject.kind == .tags
    switch current?.keyword {
    case .today, .yesterday, .this, .last, .latest:
      if isText { fallthrough }
      try readPeriod(expected)
    default:
      let start = current?.name(in: source) ?? ""
      _ = try readSum(from: expected)
      if accept(.span) { try readPeriod(.spanEnds(from: start)) }
    }
    try stop(follow)
  }

  // MARK: Values

  /// Reads a value; at the cursor behind it comes what `follow` says, unless the caller has more
  /// to say there.
  mutating func readSum(
    from start: Expectation, stopsBehind: Bool = true
  ) throws(AtCursor) -> Subject {
    var subject = try readUnary(from: start)
    while let symbol = current?.symbol, ArithmeticOperator(rawValue: symbol.rawValue) != nil {
      index += 1
      let right = try readUnary(from: start)
      let isQuotient = symbol == .slash || symbol == .star
      let isSpan = symbol == .minus && subject.kind == .time && right.kind == .time
      let kind: Subject.Kind = isQuotient ? .quantity : isSpan ? .duration : subject.kind
      subject = .computed(kind)
    }
    if stopsBehind { try stop(follow) }
    return subject
  }

  private mutating func readUnary(from start: Expectation) throws(AtCursor) -> Subject {
    repeat { try stop([start]) } while accept(.minus)
    let subject = try readPrimary(from: start)
    guard accept(.within) else { return subject }
    _ = try take([.words(WordTables.durations)])
    return .computed(.quantity)
  }

  private mutating func readPrimary(from start: Expectation) throws(AtCursor) -> Subject {
    guard let token = current else { throw AtCursor(expected: [start]) }
    switch token.kind {
    case .symbol(.leftBracket):
      return try nested { finder throws(AtCursor) in
        finder.index += 1
        let first = finder.index
        finder.follow = [.words([WordTables.closing])]
        try finder.readCondition(from: start, isTest: false)
        let isValue = finder.index == first + 1
        _ = finder.accept(.rightBracket)
        return .computed(isValue ? .unknown : .boolean)
      }
    // A sign that fits nowhere is left to the caller, who passes over it.
    case .symbol, .end: return .computed(.unknown)
    case .duration: return taken(.computed(.duration))
    case .number, .percent: return taken(.computed(.quantity))
    case .text: return taken(.computed(.text))
    case .word, .quotedName: return try readWord(token, from: start)
    default: return taken(.computed(.unknown))
    }
  }

  private mutating func taken(_ subject: Subject) -> Subject {
    index += 1
    return subject
  }

  private mutating func readWord(
    _ token: Token, from start: Expectation
  ) throws(AtCursor) -> Subject {
    let word = token.name(in: source)
    index += 1
    let function = token.isWord ? AggregateFunction.named(word) : nil
    if current?.symbol == .leftBracket, token.isWord {
      return try readCall(word.lowercased(), function, from: start)
    }
    guard let function else {
      return subject(of: token, prefersMeasures: start.isOfMeasures)
    }
    let isAlone = function == .count
    try stop(isAlone ? follow + [.operands(function)] : [.operands(function)])
    guard current?.startsOperand ?? false else { return .computed(.quantity) }
    let operand = try nested { finder throws(AtCursor) in
      try finder.readPrimary(from: .operands(function))
    }
    return .computed(function.kind(of: operand.kind))
  }

  private mutating func readCall(
    _ word: String, _ function: AggregateFunction?, from outer: Expectation
  ) throws(AtCursor) -> Subject {
    let takesMeasures = outer.isOfMeasures && NameResolver.takesMeasures(word)
    let argument: Expectation =
      takesMeasures
      ? outer : function.map { .operands($0) } ?? NameResolver.argument(of: word)
    let isTest = function == .percent || word == "if"
    var first: Subject?
    try nested { finder throws(AtCursor) in
      finder.index += 1
      let filter = function == nil ? [] : [WordTables.condition]
      let isPair = function == .quantile || function == .correlation
      repeat {
        let start = finder.index
        let several = [WordTables.closing, WordTables.comma] + filter
        let ofPair = first == nil ? WordTables.comma : WordTables.closing
        finder.follow = [.words(isPair ? [ofPair] : several)]
        try finder.readCondition(
          from: function == .quantile && first != nil ? .counts(WordTables.fractions) : argument,
          isTest: isTest && first == nil)
        if first == nil {
          let isName = finder.index == start + 1 && finder.tokens[start].isName
          first =
            isName
            ? finder.subject(of: finder.tokens[start], prefersMeasures: takesMeasures)
            : .computed(.unknown)
        }
      } while finder.accept(.comma)
      if finder.accept(.if) {
        finder.follow = [.words([WordTables.closing])]
        try finder.readCondition(from: .rowValues, isTest: true)
      }
      _ = finder.accept(.rightBracket)
    }
    if let function { return .computed(function.kind(of: first?.kind ?? .unknown)) }
    return NameResolver.result(of: word, first)
  }
}

extension Expectation {
  /// Whether a name means a measure here rather than a column.
  fileprivate var isOfMeasures: Bool {
    switch self {
    case .measures, .groupValues, .rankingValues, .definable: true
    default: false
    }
  }

  fileprivate var isLogic: Bool {
    if case .words(let words) = self { return words.first?.text == WordTables.logic.first?.text }
    return false
  }
}

extension Token {
  /// Whether an aggregate takes it as its operand without brackets.
  fileprivate var startsOperand: Bool {
    if case .word(let keyword) = kind { return !(keyword?.followsOperand ?? false) }
    return kind == .quotedName || kind == .parameter
  }
}

extension AggregateFunction {
  /// The kind of an aggregate over values of a kind.
  fileprivate func kind(of operand: Subject.Kind) -> Subject.Kind {
    switch self {
    case .count, .distinct, .percent, .correlation: .quantity
    default: operand == .boolean ? .quantity : operand
    }
  }
}
