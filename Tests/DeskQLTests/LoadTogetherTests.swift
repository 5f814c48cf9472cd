import DeskQL
import Foundation
import Testing

/// Small files that are loaded side by side, beside the same loaded one by one.
@Suite struct LoadTogetherTests {
  private typealias File = (path: String, name: String?)
  private let folder = NSTemporaryDirectory() + "deskql-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  @Test func givesWhatLoadsOneByOneGive() throws {
    let files: [File] = [
      try write("id,created_at,channel\n1,2024-03-01T10:00:00Z,chat\n2,soon,web\n", "tickets.csv"),
      try write("id,ticket_id,score\n7,1,5\n8,2,2\n9,2,oops\n", "surveys.csv"),
      try write("id,x\n1,\"a", "damaged.csv"),
      try write("", "empty.csv"),
      try write("id;x\n1;2\n", "first.csv", as: "t"),
      try write("id;x\n1;3\n2;4\n", "second.csv", as: "t"),
    ]
    for threads in [2, 3] {
      let apart = Session(threads: threads)
      let expected = files.map { file in
        Result { () throws(ScriptError) in try apart.load(path: file.path, as: file.name) }
      }
      let together = Session(threads: threads)
      let found = try #require(together.loadTogether(files))
      #expect(found.map(text) == expected.map(text))
      #expect(found.map(isRefused) == [false, false, true, true, false, false])
      for query in [
        "show datasets", "show columns", "show problems", "csat by channel", "sum(x) from t",
      ] {
        let tables = try [together, apart].map { "\(try $0.query(query).columns.map(\.values))" }
        #expect(tables[0] == tables[1], "\(query)")
      }
    }
  }

  @Test func findsTheSameTypesOfLongRows() throws {
    // With more of the rows, fewer of the texts are the word.
    let filler = String(repeating: "x", count: 980)
    let lines = (0..<990).map { "\($0),\($0 > 128 || $0 % 8 == 0 ? "5" : "never"),\(filler)" }
    let files: [File] = [
      try write("id,w,note\n" + lines.joined(separator: "\n"), "wide.csv", as: "wide"),
      try write("id\n1\n", "tiny.csv", as: "tiny"),
    ]
    let types = try [1, 2, 8].flatMap { threads in
      let (apart, together) = (Session(threads: threads), Session(threads: threads))
      for file in files { try apart.load(path: file.path, as: file.name) }
      let sessions = together.loadTogether(files) == nil ? [apart] : [apart, together]
      return try sessions.map { "\(try $0.query("show columns").columns.map(\.values))" }
    }
    #expect(Set(types).count == 1 && types.count == 5)
  }

  @Test func aFileThatChangesIsLoadedAgain() throws {
    let session = Session(threads: 2)
    let files: [File] = [
      try write("id\n1\n", "a.csv", as: "a"), try write("id\n1\n", "b.csv", as: "b"),
    ]
    #expect(session.loadTogether(files)?.count == 2)
    _ = try write("id\n1\n2\n", "b.csv")
    #expect(try session.reloadChangedFiles().count == 1)
    #expect(try session.query("count from b").columns[0].values == [.integer(2)])
  }

  @Test func leavesOtherFilesAlone() throws {
    let small = try write("id\n1\n", "small.csv")
    let large = try write("id\n" + String(repeating: "123456789\n", count: 200_000), "large.csv")
    let session = Session(threads: 2)
    #expect(session.loadTogether([small]) == nil)
    #expect(session.loadTogether([small, large]) == nil)
    #expect(session.loadTogether([small, (folder + "/absent.csv", nil)]) == nil)
    #expect(Session(threads: 1).loadTogether([small, small]) == nil)
    try session.load(path: small.path, as: "t")
    _ = try session.run("save '\(folder)/t.deskdb'")
    #expect(session.loadTogether([small, (folder + "/t.deskdb", nil)]) == nil)
  }

  private func text(_ result: Result<LoadSummary, ScriptError>) -> String {
    switch result {
    case .success(let summary): summary.text + summary.format
    case .failure(let error): "\(error)"
    }
  }

  private func isRefused(_ result: Result<LoadSummary, ScriptError>) -> Bool {
    if case .failure = result { true } else { false }
  }

  private func write(_ text: String, _ name: String, as dataset: String? = nil) throws -> File {
    let path = folder + "/" + name
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return (path, dataset)
  }
}
