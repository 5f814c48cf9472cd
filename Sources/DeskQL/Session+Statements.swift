import CivilTime
import ColumnStore
import Diagnostics
import QueryExecution
import QueryPlanning
import QuerySyntax
import Results

extension Session {
  /// - Parameter stack: the files that include one another down to this text.
  func execute(
    _ statement: Statement, in text: SourceText, stack: [String] = []
  ) throws(Diagnostic) -> StatementResult {
    try readColumns(for: statement)
    do {
      return try perform(statement, in: text, stack: stack)
    } catch {
      // A column that was not read may be what is missing.
      guard statement.readsValues, error.code != "cancelled", try readAllColumns() else {
        throw error
      }
      return try perform(statement, in: text, stack: stack)
    }
  }

  private func perform(
    _ statement: Statement, in text: SourceText, stack: [String]
  ) throws(Diagnostic) -> StatementResult {
    switch statement.kind {
    case .query(let query): return .table(try answer(query))
    case .list(let list): return .table(try answer(list))
    case .explain(let inner, let isAnalyzing):
      return .text(try explain(inner, withTimes: isAnalyzing))
    case .load(let load):
      let path = Self.path(load.path.value, beside: text)
      let further = load.furtherPaths.map { Self.path($0.value, beside: text) }
      let mappings = load.mappings.map { (column: $0.column.text, header: $0.header.value) }
      do {
        return .loaded([
          try self.load(
            path: path, furtherPaths: further, as: load.name?.text, mappings: mappings)
        ])
      } catch {
        var located = error
        located.range = located.range ?? load.path.range
        throw located
      }
    case .show(let show): return .table(try self.show(show))
    case .describe(let name): return .table(try describe(name))
    case .define(let definition): return try define(definition)
    case .parameter(let parameter):
      let folded = Schema.folded(parameter.name.text)
      state.withLock { state in
        if !state.fixedParameters.contains(folded) { state.parameters[folded] = parameter.value }
      }
      return .done(nil)
    case .set(let setting): return try set(setting)
    case .goal(let goal):
      let name = Schema.folded(Printer.print(goal.measure))
      state.withLock { $0.goals[name] = goal }
      return .done(nil)
    case .include(let path): return try include(path, in: text, stack: stack)
    case .save(let path):
      do throws(Diagnostic) {
        return .done(try save(to: Self.path(path.value, beside: text)))
      } catch {
        var located = error
        located.range = located.range ?? path.range
        throw located
      }
    case .measure(let measure):
      throw Diagnostic(
        "measure-statement", "`measure` belongs to the built-in catalog", at: measure.name.range,
        help: "write `define \(measure.name.text) = …`")
    case .unavailable(let word):
      throw Diagnostic("not-available", "`\(word.text)` is not available yet", at: word.range)
    }
  }

  /// A path in a script, relative to the script's own folder.
  static func path(_ path: String, beside text: SourceText) -> String {
    guard !path.hasPrefix("/"), path != "-", let slash = text.name.lastIndex(of: "/") else {
      return path
    }
    return String(text.name[...slash]) + path
  }

  // MARK: Queries

  private func answer(_ query: Query) throws(Diagnostic) -> ResultTable {
    let state = snapshot()
    var binder = Binder(state.context(catalog))
    let bound = try binder.bind(query)
    let plan = Planner.plan(bound, withIntervals: state.settings.showsIntervals)
    var result: ResultTable
    do {
      result = try QueryExecutor.run(plan, store: state.store, settings: state.settings)
    } catch {
      throw Diagnostic(error, at: query.range)
    }
    result.notes += binder.warnings.map(Self.note)
    result.notes += LinkNotes.notes(bound, state.store)
    result.period = binder.relativePeriod
    result.comparedPeriod = binder.comparedPeriod
    return result
  }

  private func answer(_ list: ListQuery) throws(Diagnostic) -> ResultTable {
    let state = snapshot()
    var binder = Binder(state.context(catalog))
    let bound = try binder.bind(list)
    do {
      var result = try QueryExecutor.run(bound, store: state.store, settings: state.settings)
      result.notes += binder.warnings.map(Self.note)
      result.period = binder.relativePeriod
      return result
    } catch {
      throw Diagnostic(error, at: list.range)
    }
  }

  private static func note(_ warning: Diagnostic) -> String {
    warning.help.map { "\(warning.message); \($0)" } ?? warning.message
  }

  private func explain(
    _ statement: Statement, withTimes: Bool
  ) throws(Diagnostic) -> String {
    let state = snapshot()
    var binder = Binder(state.context(catalog))
    switch statement.kind {
    case .query(let query):
      let plan = Planner.plan(try binder.bind(query), withIntervals: false)
      let text = PlanPrinter(model: state.store.model, settings: state.settings).print(plan)
      do {
        let recorder = ExecutionRecorder()
        _ = try QueryExecutor.run(
          plan, store: state.store, settings: state.settings, recorder: recorder)
        let scopes = try RowAccount.run(
          plan, offScale: state.offScaleRows, store: state.store, settings: state.settings)
        return text + ExecutionText.text(recorder.steps, withTimes: withTimes)
          + RowAccountText.text(scopes, state)
      } catch {
        throw Diagnostic(error, at: query.range)
      }
    case .list(let list):
      let bound = try binder.bind(list)
      let text = PlanPrinter(model: state.store.model, settings: state.settings).print(bound)
      let recorder = ExecutionRecorder()
      do {
        _ = try QueryExecutor.run(
          bound, store: state.store, settings: state.settings, recorder: recorder)
      } catch {
        throw Diagnostic(error, at: list.range)
      }
      return text + ExecutionText.text(recorder.steps, withTimes: withTimes)
    default:
      throw Diagnostic(
        "explain-what", "`explain` shows the plan of a query or list", at: statement.range)
    }
  }

  // MARK: Definitions

  private func define(_ definition: DefinitionStatement) throws(Diagnostic) -> StatementResult {
    let folded = Schema.folded(definition.name.text)
    var state = snapshot()
    // A definition may use earlier ones; used by itself, it would never end.
    state.definitions[folded] = definition
    if let cycle = DefinitionCycle.find(from: folded, in: state.definitions) {
      throw Diagnostic(
        "definition-cycle",
        "'\(definition.name.text)' is defined by itself: "
          + cycle.joined(separator: " → "), at: definition.name.range,
        help: "write out one of them in columns and measures")
    }
    self.state.withLock { state in
      if state.definitions.updateValue(definition, forKey: folded) == nil {
        state.definitionOrder.append(folded)
      }
    }
    return .done(nil)
  }
}

extension Diagnostic {
  /// The words for an error met while a plan was carried out.
  init(_ error: ExecutionError, at range: SourceRange) {
    switch error {
    case .cancelled: self.init("cancelled", "cancelled", at: range)
    case .tooManyGroups(let count):
      self.init(
        "too-many-groups", "the keys make more groups than can be held (\(count) or more)",
        at: range, help: "group by fewer keys, or filter rows with `where`")
    case .overflow:
      self.init(
        "overflow", "a sum is beyond \(Int64.max), the largest whole number that is exact",
        at: range, help: "sum in a larger unit, such as `sum(x / 1000)`")
    case .badPattern(let message): self.init("bad-pattern", message, at: range)
    }
  }
}
