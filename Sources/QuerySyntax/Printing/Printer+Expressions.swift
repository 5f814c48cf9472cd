extension Printer {
  /// Writes an expression, in brackets where it binds more loosely than its place.
  ///
  /// `isValue` says that the place is the right side of a comparison, where a bare word may stand
  /// for text.
  mutating func write(
    _ expression: ExpressionNode, at level: BindingLevel, isValue: Bool = false
  ) {
    if BindingLevel(of: expression) < level || mustBracket(expression, isValue: isValue) {
      writeBracketed(expression)
    } else {
      writeBare(expression, isValue: isValue)
    }
  }

  /// Writes an expression in brackets.
  mutating func writeBracketed(_ expression: ExpressionNode) {
    let outer = allowsClauses
    allowsClauses = false
    write("(")
    writeBare(expression, isValue: false)
    write(")")
    allowsClauses = outer
  }

  private func mustBracket(_ expression: ExpressionNode, isValue: Bool) -> Bool {
    switch expression {
    case .membership(let node):
      // `(a = b) in 2024-03` would begin the clause.
      return allowsClauses && node.isPeriod && !node.isNegated
        && BindingLevel(of: node.operand) < .sum
    case .name(let name):
      // Without brackets the word would be a period here.
      return isValue && !name.isQuoted && ["today", "yesterday"].contains(name.text.lowercased())
    default:
      return false
    }
  }

  private mutating func writeBare(_ expression: ExpressionNode, isValue: Bool) {
    switch expression {
    case .name(let node): write(node, isValue: isValue)
    case .text(let node): write(node)
    case .number(let node): write(node.spelling)
    case .percent(let node): write(node.spelling + "%")
    case .duration(let node): write(node.spelling)
    case .period(let node): write(node)
    case .parameter(let node): write(parameter: node)
    case .call(let node): write(node)
    case .aggregate(let node): write(node)
    case .negation(let node): writeNegation(node, isValue: isValue)
    case .not(let node):
      write("not ")
      write(node.operand, at: .negation)
    case .arithmetic(let node): write(node, isValue: isValue)
    case .logic(let node): write(node)
    case .within(let node):
      write(node.operand, at: .primary, isValue: isValue)
      write(" within ")
      write(node.limit, at: .primary)
    case .comparison, .membership, .between, .textMatch, .missingTest: writeTest(expression)
    case .invalid: break
    }
  }

  private mutating func write(_ node: LogicNode) {
    for (index, operand) in node.operands.enumerated() {
      if index > 0 { write(" \(node.word.rawValue) ") }
      write(operand, at: node.word.level.tighter)
    }
  }

  /// Writes a chain of operations; the left operands are taken in a loop, since a chain may be a
  /// thousand long.
  private mutating func write(_ node: ArithmeticNode, isValue: Bool) {
    var chain = [node]
    var first = node.left
    while case .arithmetic(let inner) = first, let outer = chain.last,
      inner.operation.level >= outer.operation.level
    {
      chain.append(inner)
      first = inner.left
    }
    write(first, at: chain.last?.operation.level ?? .sum, isValue: isValue)
    for operation in chain.reversed() {
      write(" \(operation.operation.rawValue) ")
      write(operation.right, at: operation.operation.level.tighter, isValue: isValue)
    }
  }

  private mutating func writeNegation(_ node: PrefixNode, isValue: Bool) {
    write("-")
    // Two signs together would begin a comment.
    let isDoubled = if case .negation = node.operand { true } else { false }
    write(node.operand, at: isDoubled ? .postfix : .unary, isValue: isValue)
  }

  private mutating func write(_ node: CallNode) {
    write(node.function.text)
    writeArguments(node.arguments, filter: nil)
  }

  /// Writes an aggregate: percentiles and medians of a plain name stand without brackets.
  private mutating func write(_ node: AggregateNode) {
    write(node.function.keyword)
    if node.arguments.isEmpty, node.filter == nil { return }
    if case .name(let name)? = node.arguments.first, node.filter == nil {
      switch node.function {
      case .median, .percentile:
        write(" ")
        return write(name)
      default: break
      }
    }
    writeArguments(node.arguments, filter: node.filter)
  }

  private mutating func writeArguments(_ arguments: [ExpressionNode], filter: ExpressionNode?) {
    let outer = allowsClauses
    allowsClauses = false
    write("(")
    writeList(arguments) { $0.write($1, at: .condition) }
    if let filter {
      write(" if ")
      write(filter, at: .condition)
    }
    write(")")
    allowsClauses = outer
  }
}
