import CivilTime
import ColumnStore
import DatasetLoading
import Diagnostics
import Glibc
import MetricCatalog
import QueryExecution
import QueryPlanning
import QuerySyntax
import Results
import Synchronization

/// Loads data, runs statements, and gives typed results; it prints nothing and ends nothing.
///
/// A session may be used from several threads: a statement works on the data that was loaded when
/// it began.
public final class Session: Sendable {
  /// Set it to stop the running load or query; safe in a signal handler.
  public let cancellation = CancellationFlag()
  /// How far the running load has come, for whoever shows it.
  public let progress = LoadProgress()
  /// Whether a page of a mapped snapshot could not be read.
  let hasLostPage = Atomic<Bool>(false)
  let catalog: MeasureCatalog
  let threads: Int
  let state: Mutex<SessionState>
  private let now: @Sendable () -> Int64

  /// A session without data.
  ///
  /// - Parameters:
  ///   - threads: how many threads may work on a statement; by default all processors.
  ///   - now: the current instant in seconds since 1970, for `today` and the like.
  public init(
    threads: Int = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))),
    now: @escaping @Sendable () -> Int64 = { Int64(time(nil)) }
  ) {
    self.threads = max(1, threads)
    self.now = now
    catalog = (try? SharedCatalog.result.get()) ?? .empty
    state = Mutex(
      SessionState(
        store: DataStore(tables: [], threads: max(1, threads), cancellation: cancellation),
        facts: TableFacts([]), settings: PlanningSettings(now: now())))
  }

  /// Reads the built-in measures on a thread of its own, so that the first session finds them.
  public static func prepare() { Parallel.detach { _ = SharedCatalog.result } }

  /// The state at this moment, with the clock set.
  func snapshot() -> SessionState {
    var copy = state.withLock { $0 }
    copy.settings.now = now()
    return copy
  }

  // MARK: Running

  /// Runs every statement of a text and gives their results.
  ///
  /// - Throws: what is wrong with the text, or with the first statement that fails.
  public func run(_ text: String, name: String = "query") throws(ScriptError) -> [StatementResult] {
    let source = SourceText(name: name, text)
    var results: [StatementResult] = []
    for statement in try parse(source) { results.append(try run(statement, in: source)) }
    return results
  }

  /// The result of a text whose last statement is a query.
  ///
  /// - Throws: as `run`; also where the last statement gives no table.
  public func query(_ text: String) throws(ScriptError) -> ResultTable {
    if case .table(let table)? = try run(text).last { return table }
    throw ScriptError(
      diagnostics: [Diagnostic("no-result", "the last statement gives no table")],
      source: SourceText(text))
  }

  /// The statements of a text.
  ///
  /// - Throws: everything that could not be read, at once.
  public func parse(_ text: SourceText) throws(ScriptError) -> [Statement] {
    if case .failure(let diagnostic) = SharedCatalog.result {
      throw ScriptError(diagnostics: [diagnostic], source: MeasureCatalog.source)
    }
    let script = Parser.parse(text)
    let errors = script.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { throw ScriptError(diagnostics: errors, source: text) }
    return script.statements
  }

  /// Runs one statement; a path in it is relative to the folder of the text's name.
  public func run(
    _ statement: Statement, in text: SourceText
  ) throws(ScriptError) -> StatementResult {
    let result: Result<StatementResult, Diagnostic>
    do throws(Diagnostic) {
      result = .success(try execute(statement, in: text))
    } catch {
      result = .failure(error)
    }
    do throws(Diagnostic) {
      // Of a damaged file neither an answer nor an error that came of its values is true.
      if statement.readsValues { try checkSources(at: statement.range) }
      return try result.get()
    } catch {
      throw ScriptError(diagnostics: [error], source: text)
    }
  }

  /// Whether shares and means get their 95% intervals, for a terminal; `set intervals` changes it.
  public func setIntervals(_ areShown: Bool) {
    state.withLock { $0.settings.showsIntervals = areShown }
  }

  /// Whether a text is the beginning of a statement that needs more lines.
  public func isIncomplete(_ text: String) -> Bool { Parser.isIncomplete(text) }

  /// Sets a parameter from outside; `param` in a script does not replace it.
  ///
  /// - Parameter literal: a literal of the language, such as `2024-04` or `'email'`; any other
  ///   text is taken as it is.
  public func setParameter(_ name: String, to literal: String) throws(ScriptError) {
    let value = Self.literal(literal)
    state.withLock { state in
      state.parameters[Schema.folded(name)] = value
      state.fixedParameters.insert(Schema.folded(name))
    }
  }

  /// A literal of the language, or the text itself.
  static func literal(_ text: String) -> ExpressionNode {
    let script = Parser.parse(SourceText("param x = \(text)"))
    if script.diagnostics.isEmpty, script.statements.count == 1,
      case .parameter(let statement) = script.statements[0].kind
    {
      return statement.value
    }
    return .text(TextNode(value: text, range: SourceRange(0, 0)))
  }

  /// The text for people of an instant in seconds since 1970, in the session's time zone.
  public func instantText(_ seconds: Double) -> String {
    let zone = state.withLock { $0.settings.zone }
    guard let whole = Int64(exactly: seconds.rounded(.down)) else { return "" }
    return CivilText.instant(whole, zone: zone)
  }
}

/// How far a load has come.
public typealias LoadProgress = WorkProgress

/// The built-in measures, read once, or what is wrong with their file.
enum SharedCatalog {
  static let result: Result<MeasureCatalog, Diagnostic> = {
    Result { () throws(Diagnostic) in try MeasureCatalog.builtIn() }
  }()
}

extension LoadSummary {
  /// The lines that tell of a load.
  init(_ report: LoadReport, offScale: [OffScale] = []) {
    var lines = [
      "\(report.name): \(Self.grouped(report.rowCount)) rows, \(report.columnCount) columns"
        + (report.readColumnCount < report.columnCount ? " (\(report.readColumnCount) read)" : "")
        + " from \(DisplayText.escaped(report.path)) (\(report.roleReason))"
    ]
    let ratings = offScale.map { problem in
      LoadReport.ProblemCount(column: "score", reason: problem.reason, count: problem.count)
    }
    for problem in report.problemCounts + ratings {
      lines.append(
        "  \(problem.column): \(Self.grouped(problem.count)) "
          + "value\(problem.count == 1 ? "" : "s") set aside: \(problem.reason); `show problems` "
          + "lists them")
    }
    lines += report.notes.map { "  \($0)" }
    self.init(text: lines.joined(separator: "\n") + "\n", format: report.format)
  }

  /// Adds what there is to say of another table of the same file.
  mutating func add(_ other: LoadSummary) {
    text += other.text
    format += format.isEmpty ? other.format : "; " + other.format
  }

  /// A count with commas between thousands.
  static func grouped(_ count: Int) -> String {
    var digits = Array(String(count))
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: index)
      index -= 3
    }
    return String(digits)
  }
}
