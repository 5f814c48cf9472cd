import Interactive

extension Application {
  /// What is done before anybody asks: settings and parameters from outside, the start-up file,
  /// the data files. `isLenient` goes on behind a failure.
  func prepare(
    _ runner: ScriptRunner, startFile: String?, isLenient: Bool
  ) throws(OutputError) -> ScriptRunner.Outcome {
    var result = applySettings()
    if result == .failed && !isLenient { return result }
    if let startFile {
      switch try runStartFile(startFile, runner) {
      case .interrupted: return .interrupted
      case .failed: result = .failed
      case .succeeded: break
      }
    }
    do {
      switch runner.load(try dataFiles(), goesOn: isLenient) {
      case .succeeded: return result
      case .failed where isLenient: return .failed
      case let ending: return ending
      }
    } catch {
      messages.show(error)
      return .failed
    }
  }

  /// The files to load, the samples first.
  func dataFiles() throws(Diagnostic) -> [DataArgument] {
    let paths = (arguments.demo ? try SampleData.paths() : []) + arguments.data
    return paths.map { DataArgument($0) }
  }

  private func applySettings() -> ScriptRunner.Outcome {
    let errors = EnvironmentSettings.apply(EnvironmentSettings.variables(), to: session)
    for error in errors { messages.show(error) }
    do {
      for text in arguments.set {
        guard let parameter = DeskQLCommand.Parameter(text) else { continue }
        try session.setParameter(parameter.name, to: parameter.value)
      }
    } catch {
      messages.show(error)
      return .failed
    }
    return errors.isEmpty ? .succeeded : .failed
  }

  /// Whether scripts may print more than one result, as far as they tell themselves.
  func giveSeveralResults(_ texts: [SourceText]) -> Bool {
    var count = 0
    for text in texts {
      guard let statements = try? session.parse(text) else { continue }
      for statement in statements {
        switch statement.kind {
        case .include: return true
        case .load, .save, .define, .parameter, .set, .goal: continue
        default: count += 1
        }
      }
    }
    return count > 1
  }

  private func runStartFile(
    _ path: String, _ runner: ScriptRunner
  ) throws(OutputError) -> ScriptRunner.Outcome {
    let source: SourceText
    do {
      source = try ScriptFile.read(path)
    } catch {
      messages.show(error)
      return .failed
    }
    // A setting that fails takes none of the following ones with it.
    let keepsGoing = runner.keepsGoing
    runner.keepsGoing = true
    defer { runner.keepsGoing = keepsGoing }
    let outcome = try runner.run(source)
    if outcome == .failed, (try? session.parse(source)) == nil {
      messages.remark("Nothing of the start-up file was run.")
    }
    return outcome
  }
}
