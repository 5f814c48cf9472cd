import Glibc
import Interactive

/// The data that ships with the program, found wherever the program stands.
enum SampleData {
  /// The paths of the sample files.
  static func paths() throws(Diagnostic) -> [String] {
    guard let program = programPath() else { throw notFound(beside: "the program") }
    for folder in candidateFolders(for: program) {
      let paths = names.map { folder + "/" + $0 + ".csv" }.filter { access($0, R_OK) == 0 }
      if !paths.isEmpty { return paths }
    }
    throw notFound(beside: "'\(program)'")
  }

  /// `Samples` in each folder above the program, as in a checkout, and `share/deskql/samples`
  /// beside its `bin`, as in an installation; the nearest first.
  static func candidateFolders(for program: String) -> [String] {
    var folders: [String] = []
    var parent = program[...]
    while let slash = parent.lastIndex(of: "/") {
      parent = parent[..<slash]
      folders.append(parent + "/Samples")
      folders.append(parent + "/share/deskql/samples")
    }
    return folders
  }

  private static func programPath() -> String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  private static func notFound(beside place: String) -> Diagnostic {
    Diagnostic(
      "no-samples", "the sample data is not to be found beside \(place)",
      help: "name the files yourself: deskql Samples/tickets.csv Samples/surveys.csv")
  }

  private static let names = ["tickets", "surveys", "customers", "shifts"]
}
