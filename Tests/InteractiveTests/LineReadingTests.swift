import Foundation
import LineEditing
import Testing

@testable import Interactive

@Suite("Lines and words")
struct LineReadingTests {
  @Test func linesFromAPipe() throws {
    #expect(try lines("a\nb\r\n\nc") == ["a", "b", "", "c"])
    #expect(try lines("") == [])
    #expect(try lines("\n") == [""])
    let long = String(repeating: "é", count: 100_000)
    #expect(try lines(long + "\n" + long) == [long, long])
  }

  @Test func whatIsNotUTF8IsMarked() throws {
    #expect(try lines(bytes: [0x61, 0xFF, 0x0A]) == ["a\u{FFFD}"])
  }

  @Test func dataArguments() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "a=b.csv")
    #expect(DataArgument("x.csv") == argument(nil, "x.csv"))
    #expect(DataArgument("tickets=x.csv") == argument("tickets", "x.csv"))
    #expect(DataArgument("live-chat_1=a=b") == argument("live-chat_1", "a=b"))
    #expect(DataArgument("dir/a=b") == argument(nil, "dir/a=b"))
    #expect(DataArgument("=b") == argument(nil, "=b"))
    #expect(DataArgument(folder.file("a=b.csv")).name == nil)
  }

  @Test func argumentsOfCommands() {
    #expect(
      ReplCommand.arguments(in: ".open a 'b c' \"d'e\" f\"g h\" ;") == ["a", "b c", "d'e", "fg h"])
    #expect(ReplCommand.arguments(in: ".open ''") == [""])
    #expect(ReplCommand.arguments(in: ".open") == [])
  }

  @Test func everyCommandHasItsOwnName() {
    let names = ReplCommand.all.flatMap(\.names)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { !$0.isEmpty && $0 == $0.lowercased() })
  }

  private func argument(_ name: String?, _ path: String) -> DataArgument {
    var argument = DataArgument("x")
    argument.name = name
    argument.path = path
    return argument
  }

  private func lines(_ text: String) throws -> [String] { try lines(bytes: Array(text.utf8)) }

  private func lines(bytes: [UInt8]) throws -> [String] {
    let folder = try TemporaryFolder()
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file("in")))
    let descriptor = open(folder.file("in"), O_RDONLY)
    defer { close(descriptor) }
    let reader = PlainReader(descriptor: descriptor)
    var lines: [String] = []
    while case .line(let line) = reader.readLine(prompt: "") { lines.append(line) }
    return lines
  }
}
