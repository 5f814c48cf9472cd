import ResultFormatting

/// A result with every kind of column and cell.
let sample = ResultTable(
  title: "csat by channel",
  columns: [
    ResultColumn(
      name: "channel", unit: .text, role: .key,
      values: [.text("email"), .text("a, \"b\""), .missing, .label("(total)")]),
    ResultColumn(
      name: "csat", unit: .percent, better: .higher, role: .measure,
      values: [.number(84.21052631578948), .number(100), .missing, .number(0.01)],
      intervals: [ValueInterval(low: 81, high: 87.14), nil, nil, nil]),
    ResultColumn(
      name: "frt", unit: .duration, better: .lower, role: .measure,
      values: [.number(8040), .number(45), .number(273_600), .number(4.5)]),
    ResultColumn(
      name: "tickets", unit: .count, role: .measure,
      values: [.integer(1204), .integer(7), .integer(0), .integer(1211)]),
  ],
  notes: ["Only 12 of 340 tickets were rated."])

func text(
  _ table: ResultTable, _ format: OutputFormat, terminal: FormatOptions.Terminal? = nil,
  ascii: Bool = false
) -> String {
  ResultFormatter.text(
    of: table, options: FormatOptions(format: format, terminal: terminal, usesASCII: ascii))
}

/// A result of one column.
func column(
  _ values: [ResultValue], unit: ValueUnit = .text, role: ResultColumn.Role = .measure,
  name: String = "x", better: Direction = .none
) -> ResultTable {
  ResultTable(columns: [
    ResultColumn(name: name, unit: unit, better: better, role: role, values: values)
  ])
}

/// The cells of a one-column CSV.
func cells(_ values: [ResultValue], unit: ValueUnit) -> [String] {
  text(column(values, unit: unit), .csv).split(separator: "\n").dropFirst().map(String.init)
}

/// The cells of a one-column table as people see them.
func shown(_ values: [ResultValue], unit: ValueUnit, role: ResultColumn.Role = .measure)
  -> [String]
{
  let table = column(values, unit: unit, role: role)
  return text(table, .vertical).split(separator: "\n").map { String($0.dropFirst("x: ".count)) }
}
