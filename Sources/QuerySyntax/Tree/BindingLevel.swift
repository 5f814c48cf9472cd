/// How tightly an operator binds its operands, from the loosest to the tightest.
enum BindingLevel: Int, Comparable {
  case condition, conjunction, negation, predicate, sum, product, unary, postfix, primary

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The level at which an expression is read without brackets.
  init(of expression: ExpressionNode) {
    switch expression {
    case .logic(let node): self = node.word.level
    case .not: self = .negation
    case .comparison, .membership, .between, .textMatch, .missingTest: self = .predicate
    case .arithmetic(let node): self = node.operation.level
    case .negation: self = .unary
    case .within: self = .postfix
    default: self = .primary
    }
  }

  /// The next tighter level.
  var tighter: BindingLevel { BindingLevel(rawValue: rawValue + 1) ?? .primary }
}

extension LogicNode.Word {
  /// The level of the whole chain.
  var level: BindingLevel { self == .or ? .condition : .conjunction }
}

extension ArithmeticOperator {
  /// The level of the whole operation.
  var level: BindingLevel {
    switch self {
    case .add, .subtract: .sum
    case .multiply, .divide: .product
    }
  }
}
