extension Printer {
  /// Writes a test of a value.
  mutating func writeTest(_ expression: ExpressionNode) {
    switch expression {
    case .comparison(let node):
      write(node.left, at: .sum)
      write(" \(node.operation.rawValue) ")
      write(node.right, at: .sum, isValue: true)
    case .membership(let node):
      write(node)
    case .between(let node):
      write(node.operand, at: .sum)
      write(node.isNegated ? " not between " : " between ")
      write(node.lower, at: .sum, isValue: true)
      write(" and ")
      write(node.upper, at: .sum, isValue: true)
    case .textMatch(let node):
      write(node.operand, at: .sum)
      write(node.isNegated ? " not " : " ")
      write(node.operation.rawValue + " ")
      write(node.pattern, at: .sum, isValue: true)
    case .missingTest(let node):
      write(node.operand, at: .sum)
      write(node.isNegated ? " is not missing" : " is missing")
    default: break
    }
  }

  private mutating func write(_ node: MembershipNode) {
    write(node.operand, at: .sum)
    write(node.isNegated ? " not in " : " in ")
    if node.isPeriod, let period = node.values.first {
      return write(period, at: .sum, isValue: true)
    }
    let outer = allowsClauses
    allowsClauses = false
    write("(")
    writeList(node.values) { $0.write($1, at: .sum, isValue: true) }
    write(")")
    allowsClauses = outer
  }

  /// Whether a condition ends with a value that has no test, so that `in PERIOD` behind it would
  /// be read as its test.
  static func endsOpen(_ condition: ExpressionNode) -> Bool {
    switch condition {
    case .logic(let node):
      guard let last = node.operands.last else { return false }
      let isBracketed =
        BindingLevel(of: last) < (node.word == .or ? BindingLevel.conjunction : .negation)
      return !isBracketed && endsOpen(last)
    case .not(let node):
      return BindingLevel(of: node.operand) >= .negation && endsOpen(node.operand)
    case .comparison, .membership, .between, .textMatch, .missingTest:
      return false
    default:
      return true
    }
  }
}
