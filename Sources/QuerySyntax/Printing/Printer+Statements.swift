extension Printer {
  /// Writes a statement.
  mutating func write(_ kind: StatementKind) {
    switch kind {
    case .query(let query): write(query)
    case .list(let list): write(list)
    case .explain(let statement, let isAnalyzing):
      write(isAnalyzing ? "explain analyze " : "explain ")
      write(statement.kind)
    case .load(let load): write(load)
    case .save(let path): write("save ", path)
    case .show(let show):
      write("show " + show.subject.rawValue)
      if let dataset = show.of { write(" of ", dataset) }
    case .describe(let name): write("describe ", name)
    case .define(let definition): write(definition)
    case .parameter(let parameter):
      write("param ", parameter.name)
      write(" = ")
      write(parameter.value, at: .sum, isValue: true)
    case .set(let setting): write(setting)
    case .goal(let goal):
      write("goal ")
      write(goal.measure, at: .sum)
      write(" \(goal.operation.rawValue) ")
      write(goal.value, at: .sum, isValue: true)
    case .include(let path): write("include ", path)
    case .measure(let measure): write(measure)
    case .unavailable(let word): write(word.text.lowercased())
    }
  }

  private mutating func write(_ word: String, _ text: TextNode) {
    write(word)
    write(text)
  }

  private mutating func write(_ word: String, _ name: NameNode) {
    write(word)
    write(name)
  }

  private mutating func write(_ load: LoadStatement) {
    write("load ")
    writeList([load.path] + load.furtherPaths) { printer, path in printer.write("", path) }
    if let name = load.name { write(" as ", name) }
    if load.mappings.isEmpty { return }
    write(" with (")
    writeList(load.mappings) { printer, mapping in
      printer.write(mapping.column)
      printer.write(" = ", mapping.header)
    }
    write(")")
  }

  private mutating func write(_ definition: DefinitionStatement) {
    write("define ", definition.name)
    write(" = ")
    write(definition.expression, at: .condition)
    writeCondition(definition.filter)
    if let description = definition.description { write(" ", description) }
  }

  private mutating func writeCondition(_ filter: ExpressionNode?) {
    guard let filter else { return }
    write(" if ")
    write(filter, at: .condition)
  }

  private mutating func write(_ setting: SetStatement) {
    write("set ", setting.name)
    write(" = ")
    switch setting.value {
    case .expression(let value): write(value, at: .sum, isValue: true)
    case .range(let lower, let upper): write("\(lower.spelling)..\(upper.spelling)")
    case .list(let values): writeValues(values)
    case .hours(let hours): writeList(hours) { $0.write($1) }
    }
  }

  private mutating func writeValues(_ values: [ExpressionNode]) {
    write("(")
    writeList(values) { $0.write($1, at: .sum, isValue: true) }
    write(")")
  }

  private mutating func write(_ hours: BusinessHoursNode) {
    let days = Parser.weekdays
    write(days[hours.firstDay])
    if hours.lastDay != hours.firstDay { write("-" + days[hours.lastDay]) }
    write(" \(time(hours.openMinute))-\(time(hours.closeMinute))")
  }

  private func time(_ minute: Int) -> String {
    "\(digits(minute / 60, 2)):\(digits(minute % 60, 2))"
  }

  private mutating func write(_ measure: MeasureStatement) {
    write("measure ", measure.name)
    for (index, formula) in measure.formulas.enumerated() {
      write(index == 0 ? " = " : " otherwise ")
      write(formula.expression, at: .sum)
      writeCondition(formula.filter)
    }
    write(" with (")
    writeList(measure.attributes) { printer, attribute in
      printer.write(attribute.name)
      printer.write(" = ")
      let value = attribute.values.count == 1 ? attribute.values.first : nil
      let isPlain = value.map { !Printer.print($0).hasPrefix("(") } ?? false
      if let value, isPlain {
        printer.write(value, at: .sum, isValue: true)
      } else {
        printer.writeValues(attribute.values)
      }
    }
    write(")")
  }
}
