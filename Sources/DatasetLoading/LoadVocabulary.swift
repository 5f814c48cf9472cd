/// The words that `load 'FILE' as NAME with (…)` takes.
public enum LoadVocabulary {
  /// The options, each with what it tells.
  public static let options: [(name: String, meaning: String)] = [
    ("encoding", "how the text is encoded"), ("delimiter", "what stands between fields"),
    ("quote", "what stands around fields"), ("escape", "how quotes within fields are written"),
    ("header", "whether the first record names the columns"),
    ("sheet", "the sheet of a workbook"), ("table", "the table of a database"),
    ("dates", "whether the day or the month comes first"),
    ("decimal", "what stands before decimals"), ("timezone", "of times without an offset"),
    ("strict", "a value that does not fit stops the load"),
  ]

  /// The values of an option that has only some; none for others and for columns.
  public static func values(of option: String) -> [String] {
    switch option.lowercased() {
    case "encoding": TextEncoding.names
    case "header": ["yes", "no"]
    case "dates": ["day-first", "month-first", "year-first"]
    case "decimal": ["comma", "point"]
    case "escape": ["backslash", "doubled"]
    default: []
    }
  }

  /// The datasets that measures know, each with its columns and the headers that they go by.
  public static var datasets: [(name: String, columns: [(name: String, headers: [String])])] {
    DatasetRole.allCases.map { role in
      (role.rawValue, KnownColumns.columns(of: role).map { ($0.name, $0.aliases) })
    }
  }

  /// The known columns of a dataset, by its name; those of all where the name is none of theirs.
  public static func columns(of dataset: String?) -> [String] {
    let role = dataset.flatMap { DatasetRole(rawValue: $0.lowercased()) }
    let columns =
      role.map(KnownColumns.columns) ?? DatasetRole.allCases.flatMap(KnownColumns.columns)
    var seen: Set<String> = []
    return columns.map(\.name).filter { seen.insert($0).inserted }
  }
}
