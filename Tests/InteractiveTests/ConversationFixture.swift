import Foundation
import Interactive
import LineEditing
import Testing

/// Somebody who types what stands in a list.
final class FakeReader: LineReader {
  private var events: [LineEvent]
  private(set) var prompts: [String] = []
  /// The lines above the one being typed, at each prompt.
  private(set) var pending: [String] = []
  var history: SessionHistory?
  private(set) var remembered: [String] = []

  init(_ events: [LineEvent]) {
    self.events = events
  }

  func readLine(prompt: String, start: LineStart) -> LineEvent {
    prompts.append(prompt)
    pending.append(history?.pending ?? "")
    return events.isEmpty ? .endOfInput : events.removeFirst()
  }

  func remember(_ entry: String) { remembered.append(entry) }
}

/// A folder that goes away with the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "deskql-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: file(name), encoding: .utf8)
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: file(name), atomically: false, encoding: .utf8)
  }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }
}

/// A conversation of which both sides are kept.
final class Conversation {
  let folder: TemporaryFolder
  let session = StubSession()
  let reader: FakeReader
  let ending: Repl.Ending
  let output: String
  let errors: String

  init(
    _ lines: [String], then events: [LineEvent] = [], folder: TemporaryFolder? = nil,
    history: HistoryFile? = nil
  ) throws {
    let folder = try folder ?? TemporaryFolder()
    // FOLDER in a line stands for the folder of the test.
    let typed = lines.map { $0.replacingOccurrences(of: "FOLDER", with: folder.path) }
    reader = FakeReader(typed.map { .line($0) } + events)
    let out = try Self.descriptor(folder.file("out"))
    let err = try Self.descriptor(folder.file("err"))
    defer {
      close(out)
      close(err)
    }
    let history = SessionHistory(
      file: history ?? HistoryFile(path: folder.file("history")))
    reader.history = history
    let repl = Repl(
      session: session, reader: reader, out: OutputWriter(descriptor: out, target: "out"),
      screen: nil,
      messages: MessageWriter(writer: OutputWriter(descriptor: err, target: "err"), screen: nil),
      history: history, format: .table)
    ending = try repl.run()
    output = try folder.text("out")
    errors = try folder.text("err")
    self.folder = folder
  }

  private static func descriptor(_ path: String) throws -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    try #require(descriptor >= 0)
    return descriptor
  }
}
