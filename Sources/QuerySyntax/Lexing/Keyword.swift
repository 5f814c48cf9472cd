/// The words of the language. Each acts only where it is expected; anywhere else it is a name.
public enum Keyword: String, Hashable, Sendable, CaseIterable {
  // Statements
  case list, load, save, show, describe, explain, analyze, define, param, set, goal, include
  case measure, otherwise
  case why, spikes, link, compare, correlate
  // Clauses
  case from, by, across, `where`, `in`, on, having, vs, with, order, sort, group, top, bottom
  case limit, offset, chart
  // Within items and clauses
  case `if`, `as`, adjusted, `for`, asc, desc, per, fair, of
  // Conditions
  case and, or, not, between, contains, starts, ends, matches, `is`, missing, null, within
  // Baselines and periods
  case previous, rest, total, benchmark
  case today, yesterday, this, last, latest
  // Options
  case ci, n, share, open, other, rank, running, rolling, gaps
  // Subjects of show
  case metrics, datasets, columns, definitions, settings, problems, goals

  private static let byName = Dictionary(
    allCases.map { ($0.rawValue, $0) }, uniquingKeysWith: { first, _ in first })

  private static let longest = allCases.reduce(0) { max($0, $1.rawValue.utf8.count) }

  /// The keyword spelled by some bytes, in any case.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count <= Self.longest else { return nil }
    let name = String(unsafeUninitializedCapacity: bytes.count) { buffer in
      var count = 0
      for byte in bytes {
        buffer[count] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
        count &+= 1
      }
      return count
    }
    guard let keyword = Self.byName[name] else { return nil }
    self = keyword
  }

  /// Whether a clause begins with it.
  public var startsClause: Bool { Self.clauseWords.contains(self) }

  /// The words that begin a clause.
  public static let clauseWords: [Keyword] = [
    .from, .by, .across, .where, .in, .on, .having, .vs, .with, .order, .sort, .group, .top,
    .bottom, .limit, .offset, .chart,
  ]

  /// The words that begin a statement other than a query.
  public static let statementWords: [Keyword] = [
    .list, .load, .save, .show, .describe, .explain, .define, .param, .set, .goal, .include,
    .why, .spikes, .link, .compare, .correlate,
  ]

  /// Whether it may follow a complete expression, and so ends a name without brackets before it.
  public var followsOperand: Bool {
    switch self {
    case .and, .or, .not, .between, .contains, .starts, .ends, .matches, .is, .within, .if, .as,
      .adjusted, .asc, .desc, .per, .fair, .otherwise:
      true
    default: startsClause
    }
  }

  /// Whether an operand must follow where it stands behind one.
  var isWordOperator: Bool {
    switch self {
    case .and, .or, .not, .between, .contains, .matches, .in, .within: true
    default: false
    }
  }
}
