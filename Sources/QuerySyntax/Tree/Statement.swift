import Diagnostics

/// A whole text: the statements that could be read, and what was wrong with the rest.
public struct Script: Sendable {
  /// The statements that could be read, in order.
  public var statements: [Statement]
  /// Every error of the text, in its order. A statement with an error is still in `statements`
  /// where enough of it could be read; run a script only where there are none.
  public var diagnostics: [Diagnostic]

  /// A script.
  public init(statements: [Statement], diagnostics: [Diagnostic]) {
    self.statements = statements
    self.diagnostics = diagnostics
  }
}

/// One statement with its place in the text.
public struct Statement: Sendable {
  /// What the statement does, with its parts.
  public var kind: StatementKind
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A statement.
  public init(kind: StatementKind, range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

/// What a statement does.
public indirect enum StatementKind: Sendable {
  case query(Query)
  case list(ListQuery)
  /// `explain QUERY`, `explain analyze QUERY`
  case explain(Statement, isAnalyzing: Bool)
  case load(LoadStatement)
  /// `save 'PATH'`
  case save(TextNode)
  case show(ShowStatement)
  /// `describe NAME`
  case describe(NameNode)
  case define(DefinitionStatement)
  case parameter(ParameterStatement)
  case set(SetStatement)
  case goal(GoalStatement)
  /// `include 'FILE'`
  case include(TextNode)
  /// A measure of the built-in catalog; only the catalog's own file may hold one.
  case measure(MeasureStatement)
  /// A statement of the language that this version cannot run yet: `why`, `spikes`, `link`,
  /// `compare`, `correlate`; the word as written.
  case unavailable(NameNode)
}

/// `load 'PATH' [, 'PATH' …] [as NAME] [with (column = 'header', option, …)]`.
public struct LoadStatement: Sendable {
  /// The path as written.
  public var path: TextNode
  /// The paths of files that are read behind it into the same dataset.
  public var furtherPaths: [TextNode]
  /// The name.
  public var name: NameNode?
  /// The options and column mappings, in their order: `created = 'Opened'`.
  public var mappings: [(column: NameNode, header: TextNode)]

  /// A load.
  public init(
    path: TextNode, furtherPaths: [TextNode] = [], name: NameNode?,
    mappings: [(column: NameNode, header: TextNode)]
  ) {
    self.path = path
    self.furtherPaths = furtherPaths
    self.name = name
    self.mappings = mappings
  }
}

/// `show metrics|datasets|columns [of X]|definitions|settings|problems|goals`.
public struct ShowStatement: Sendable {
  /// What to list.
  public enum Subject: String, Hashable, Sendable, CaseIterable {
    case metrics, datasets, columns, definitions, settings, problems, goals
  }

  /// What is listed.
  public var subject: Subject
  /// The dataset behind `of`.
  public var of: NameNode?

  /// A listing.
  public init(subject: Subject, of: NameNode?) {
    self.subject = subject
    self.of = of
  }
}

/// `define NAME = EXPRESSION [if CONDITION] ["description"]`.
public struct DefinitionStatement: Sendable {
  /// The name.
  public var name: NameNode
  /// The expression as written.
  public var expression: ExpressionNode
  /// The condition behind `if`.
  public var filter: ExpressionNode?
  /// The text in words.
  public var description: TextNode?

  /// A definition.
  public init(
    name: NameNode, expression: ExpressionNode, filter: ExpressionNode?, description: TextNode?
  ) {
    self.name = name
    self.expression = expression
    self.filter = filter
    self.description = description
  }
}

/// `param NAME = VALUE`.
public struct ParameterStatement: Sendable {
  /// The name.
  public var name: NameNode
  /// A literal.
  public var value: ExpressionNode

  /// A parameter with its default.
  public init(name: NameNode, value: ExpressionNode) {
    self.name = name
    self.value = value
  }
}

/// `set NAME = VALUE`.
public struct SetStatement: Sendable {
  /// The value of a setting as written.
  public enum Value: Sendable {
    /// A literal or a word: `sunday`, `'Europe/Berlin'`, `2024-12-31`, `4`, `off`.
    case expression(ExpressionNode)
    /// `1..5`
    case range(lower: NumberNode, upper: NumberNode)
    /// `(2024-12-25, 2025-01-01)`
    case list([ExpressionNode])
    /// `mon-fri 09:00-17:00, sat 10:00-14:00`
    case hours([BusinessHoursNode])
  }

  /// The name.
  public var name: NameNode
  /// The value as written.
  public var value: Value
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A setting.
  public init(name: NameNode, value: Value, range: SourceRange) {
    self.name = name
    self.value = value
    self.range = range
  }
}

/// One line of opening hours: days from Monday = 0 to Sunday = 6, minutes of the day.
public struct BusinessHoursNode: Sendable {
  /// The first weekday, Monday = 0.
  public var firstDay: Int
  /// The last weekday, Monday = 0.
  public var lastDay: Int
  /// The minute of the day at which the hours begin.
  public var openMinute: Int
  /// The minute of the day at which the hours end.
  public var closeMinute: Int
  /// Where it stands in the source text.
  public var range: SourceRange

  /// Opening hours on a run of weekdays.
  public init(firstDay: Int, lastDay: Int, openMinute: Int, closeMinute: Int, range: SourceRange) {
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.openMinute = openMinute
    self.closeMinute = closeMinute
    self.range = range
  }
}

/// `goal MEASURE OP VALUE`.
public struct GoalStatement: Sendable {
  /// The measure.
  public var measure: ExpressionNode
  /// The operator.
  public var operation: ComparisonOperator
  /// The value as written.
  public var value: ExpressionNode

  /// A goal for a measure.
  public init(measure: ExpressionNode, operation: ComparisonOperator, value: ExpressionNode) {
    self.measure = measure
    self.operation = operation
    self.value = value
  }
}

/// A measure of the built-in catalog:
/// `measure NAME = FORMULA [if COND] {otherwise FORMULA [if COND]} with (ATTRIBUTE = VALUE, …)`.
public struct MeasureStatement: Sendable {
  /// A word and its values, such as `unit percent` or `benchmark 'e-commerce' 80`.
  public struct Attribute: Sendable {
    /// The name.
    public var name: NameNode
    /// The values in order.
    public var values: [ExpressionNode]

    /// An attribute of a measure.
    public init(name: NameNode, values: [ExpressionNode]) {
      self.name = name
      self.values = values
    }
  }

  /// One way to compute a measure; the first whose columns are there is taken.
  public struct Formula: Sendable {
    /// The expression as written.
    public var expression: ExpressionNode
    /// The condition behind `if`.
    public var filter: ExpressionNode?

    /// A formula.
    public init(expression: ExpressionNode, filter: ExpressionNode?) {
      self.expression = expression
      self.filter = filter
    }
  }

  /// The name.
  public var name: NameNode
  /// The formulas, the preferred one first.
  public var formulas: [Formula]
  /// The attributes in order.
  public var attributes: [Attribute]

  /// A catalog measure.
  public init(name: NameNode, formulas: [Formula], attributes: [Attribute]) {
    self.name = name
    self.formulas = formulas
    self.attributes = attributes
  }
}
