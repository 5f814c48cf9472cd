import DeskQL
import Foundation
import Testing

/// The questions about one real export, with the query that answers each.
struct RealFile: Decodable, Sendable, CustomTestStringConvertible {
  /// A question of `truth.json` by its name, and its query.
  struct Question: Decodable, Sendable {
    var id: String
    var query: String
    /// The expected cells where they are not the columns of the answer as they stand:
    /// `{y}-W{w}` puts columns together, `…W{w}` looks at the end of a cell alone.
    var expected: [String]?
  }

  var dataset: String
  /// Files to load as one dataset each, several being joined by `', '`; `as NAME` and `with (…)`
  /// may stand behind them.
  var load: [String]
  /// Files that take the place of the first one and must give the same answers.
  var twins: [String]?
  var definitions: [String]?
  var questions: [Question]
  /// Questions of which no query answers all, each with the reason.
  var beyond: [String: String]?

  var testDescription: String { "\(dataset): \(load.joined(separator: "; "))" }

  static let folder = Checkout.root.appending(path: "../shared/real").standardized
  static let all: [RealFile] = Checkout.files(
    in: Checkout.root.appending(path: "Tests/DeskQLTests/RealFiles"), ending: "json"
  )
  .compactMap { try? JSONDecoder().decode(RealFile.self, from: Data(contentsOf: $0)) }

  /// Each way to load the dataset.
  var variants: [[String]] { [load] + (twins ?? []).map { [$0] + load.dropFirst() } }

  /// A session with the files and the definitions.
  func session(_ files: [String]) throws -> Session {
    let session = Session(threads: 2, now: { LoadedData.now })
    for file in files {
      let end = [" as ", " with "].compactMap { file.range(of: $0)?.lowerBound }.min()
      let paths = file[..<(end ?? file.endIndex)].components(separatedBy: "', '").map {
        "'" + RealFile.folder.appending(path: "\(dataset)/\($0)").path + "'"
      }
      let rest = end.map { file[$0...] } ?? ""
      _ = try session.run("load \(paths.joined(separator: ", "))\(rest)")
    }
    for definition in definitions ?? [] { _ = try session.run(definition) }
    return session
  }
}

/// The recorded answers to the questions about a dataset.
private struct Truth: Decodable {
  struct Answer: Decodable {
    var id: String
    var question: String
    var columns: [String]
    var rows: [[Cell]]
  }

  /// A recorded value.
  enum Cell: Decodable {
    case missing
    case boolean(Bool)
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .missing
      } else if let value = try? container.decode(Bool.self) {
        self = .boolean(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    var text: String {
      switch self {
      case .missing: ""
      case .boolean(let value): "\(value)"
      case .number(let value): Int(exactly: value).map { "\($0)" } ?? "\(value)"
      case .text(let value): value
      }
    }

    /// Whether a cell of a CSV result says the same.
    func matches(_ cell: String) -> Bool {
      switch self {
      case .missing, .boolean: return cell == text
      case .number(let want):
        guard let have = Double(cell) else { return false }
        return abs(have - want) <= 1e-9 * max(abs(have), abs(want))
      case .text(let want):
        if want.hasPrefix("…") { return cell.hasSuffix(want.dropFirst()) }
        return cell == want || cell == want + "Z"
      }
    }
  }

  var answers: [Answer]
}

@Suite("Real files")
struct RealFilesTests {
  @Test func questionsAreFound() {
    #expect(RealFile.all.count >= 20)
    #expect(RealFile.all.reduce(0) { $0 + $1.questions.count } >= 130)
  }

  @Test(
    "Every question has its query, or the reason why none answers it",
    .enabled(
      if: Checkout.exists(RealFile.folder), "there is no shared/real beside this checkout"),
    arguments: Set(RealFile.all.map(\.dataset)).sorted())
  func noQuestionIsLeftOut(_ dataset: String) throws {
    let path = RealFile.folder.appending(path: "\(dataset)/truth.json")
    let truth = try JSONDecoder().decode(Truth.self, from: Data(contentsOf: path))
    let files = RealFile.all.filter { $0.dataset == dataset }
    let known = files.flatMap { $0.questions.map(\.id) + Array(($0.beyond ?? [:]).keys) }
    #expect(Set(known) == Set(truth.answers.map(\.id)))
  }

  @Test(
    "Answers",
    .enabled(
      if: Checkout.exists(RealFile.folder), "there is no shared/real beside this checkout"),
    arguments: RealFile.all)
  func answers(_ file: RealFile) throws {
    let data = try Data(
      contentsOf: RealFile.folder.appending(path: "\(file.dataset)/truth.json"))
    let truth = try JSONDecoder().decode(Truth.self, from: data)
    for files in file.variants {
      let session = try file.session(files)
      for question in file.questions {
        guard let answer = truth.answers.first(where: { $0.id == question.id }) else {
          Issue.record("\(file.dataset) has no question \(question.id)")
          continue
        }
        try check(question, answer, session, "\(files[0]) \(question.id): \(answer.question)")
      }
    }
  }

  private func check(
    _ question: RealFile.Question, _ answer: Truth.Answer, _ session: Session, _ label: String
  ) throws {
    let have: DelimitedText
    switch Self.answer(question.query, session) {
    case .success(let text): have = DelimitedText(text)
    case .failure(let error):
      let lines = error.diagnostics.map { DiagnosticRenderer().render($0, in: error.source) }
      Issue.record("\(label)\n\(lines.joined(separator: "\n"))")
      return
    }
    // Rows are compared as sets: the order of some languages' letters is another question.
    var left = have.rows
    for row in answer.rows {
      let want = Self.expected(row, answer.columns, question.expected)
      let found = left.firstIndex { cells in
        cells.count >= want.count && zip(want, cells).allSatisfy { $0.matches($1) }
      }
      guard let found else {
        Issue.record("\(label)\n\(question.query)\nno row \(want.map(\.text)); left: \(left)")
        return
      }
      left.remove(at: found)
    }
    #expect(left.isEmpty, "\(label): rows too many")
  }

  /// The answer to a query as CSV.
  private static func answer(_ query: String, _ session: Session) -> Result<String, ScriptError> {
    Result { () throws(ScriptError) in
      let table = try session.query(query)
      return ResultFormatter.text(of: table, options: FormatOptions(format: .csv))
    }
  }

  /// The cells that a row of the answer stands for.
  private static func expected(
    _ row: [Truth.Cell], _ columns: [String], _ templates: [String]?
  ) -> [Truth.Cell] {
    guard let templates else { return row }
    return templates.map { template in
      if let index = columns.firstIndex(of: template) { return row[index] }
      var text = template
      for (column, cell) in zip(columns, row) {
        text = text.replacingOccurrences(of: "{\(column)}", with: cell.text)
        let week = cell.text.count == 1 ? "0" + cell.text : cell.text
        text = text.replacingOccurrences(of: "W{\(column):2}", with: "W" + week)
        if case .number(let number) = cell, (1...7).contains(number) {
          let name = weekdays[Int(number) - 1]
          text = text.replacingOccurrences(of: "{\(column):weekday}", with: name)
        }
      }
      return .text(text)
    }
  }

  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
}
