import Foundation
import LineEditing
import Testing

@Suite("The history file")
struct HistoryFileTests {
  private let folder: TemporaryFolder
  private let file: HistoryFile

  init() throws {
    folder = try TemporaryFolder()
    file = HistoryFile(path: folder.file("history"))
  }

  @Test func entriesComeBack() throws {
    let entries = ["csat", "csat\nby channel", "back\\slash \\n", "é 日本", "x"]
    for entry in entries { try file.append(entry) }
    #expect(try file.load() == entries)
    #expect(try folder.text("history").split(separator: "\n").count == entries.count)
  }

  @Test func controlCharactersAreDropped() throws {
    try file.append("a\u{1B}[2Jb\u{7F}\u{9B}c\td")
    #expect(try file.load() == ["a[2Jbcd"])
    try folder.write("x\u{1B}y\n", to: "history")
    #expect(try file.load() == ["xy"])
  }

  @Test func noFileIsAnEmptyHistory() throws {
    #expect(try file.load() == [])
  }

  @Test func foldersAreMadeAndPrivate() throws {
    let deep = HistoryFile(path: folder.file("a/b/history"))
    try deep.append("x")
    let manager = FileManager.default
    let mode = try manager.attributesOfItem(atPath: deep.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let outer = try manager.attributesOfItem(atPath: folder.file("a"))[.posixPermissions] as? Int
    #expect(outer == 0o700)
  }

  @Test func aReadableOldFileBecomesPrivate() throws {
    try folder.write("x\n", to: "history")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
    try file.append("y")
    let mode =
      try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try file.load() == ["x", "y"])
  }

  @Test func aLongFileIsShortened() throws {
    let line = String(repeating: "x", count: 99)
    try folder.write(String(repeating: line + "\n", count: 20_990), to: "history")
    let link = HistoryFile(path: folder.file("link"))
    try FileManager.default.createSymbolicLink(
      atPath: link.path, withDestinationPath: file.path)
    for number in 0..<3000 { try link.append("entry \(number)") }
    let text = try folder.text("history")
    #expect(text.utf8.count > 1_000_000 && text.utf8.count < 1_200_000)
    #expect(text.hasPrefix(line + "\n") && text.hasSuffix("\nentry 2999\n"))
    #expect((0..<3000).allSatisfy { text.contains("\nentry \($0)\n") })
    #expect(Set(try folder.names) == ["history", "link"])
    let mode =
      try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func writersLoseNothingWhileTheFileIsShortened() async throws {
    let old = String(repeating: String(repeating: "x", count: 99) + "\n", count: 20_950)
    try folder.write(old, to: "history")
    let file = file
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          for line in 0..<400 { try file.append("writer \(writer) line \(line)") }
        }
      }
      try await group.waitForAll()
    }
    let entries = try file.load().filter { $0.hasPrefix("writer") }
    #expect(Set(entries).count == 1600)
    #expect(try folder.text("history").utf8.count < 1_200_000)
  }

  @Test func twoWritersLoseNothing() async throws {
    let file = file
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          for line in 0..<250 { try file.append("writer \(writer) line \(line)") }
        }
      }
      try await group.waitForAll()
    }
    let entries = try file.load()
    #expect(entries.count == 1000)
    for writer in 0..<4 {
      let own = entries.filter { $0.hasPrefix("writer \(writer) ") }
      #expect(own == (0..<250).map { "writer \(writer) line \($0)" })
    }
  }

  @Test func aTornLineHarmsOnlyItself() throws {
    try folder.write("one\ntw", to: "history")
    try file.append("three")
    #expect(try file.load() == ["one", "tw", "three"])
  }

  @Test func linesThatAreNotTextAreSkippedAndKept() throws {
    let bytes = Data("one\n".utf8) + Data([0xFF, 0xFE, 0x0A]) + Data("two\n\n".utf8)
    try bytes.write(to: URL(fileURLWithPath: file.path))
    #expect(try file.load() == ["one", "two"])
    try file.append("three")
    #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == bytes + Data("three\n".utf8))
  }

  @Test func onlyTheEndOfALongFileIsRead() throws {
    let line = String(repeating: "x", count: 99)
    try folder.write(String(repeating: line + "\n", count: 15_000) + "last\n", to: "history")
    let entries = try file.load()
    #expect(entries.count == 10_000)
    #expect(entries.last == "last")
    let wide = String(repeating: "y", count: 999)
    try folder.write(String(repeating: wide + "\n", count: 2_000), to: "history")
    let fewer = try file.load()
    #expect(fewer.count == 1048)
    #expect(fewer.allSatisfy { $0 == wide }, "the first, cut line is left out")
  }

  @Test(arguments: ["/dev/zero", "/dev/full", "/", "FIFO"])
  func whatIsNoRegularFileIsRefused(path: String) throws {
    let name = path == "FIFO" ? folder.file("fifo") : path
    if path == "FIFO" { #expect(mkfifo(name, 0o600) == 0) }
    let file = HistoryFile(path: name)
    #expect(throws: HistoryFile.Failure.self) { try file.load() }
    #expect(throws: HistoryFile.Failure.self) { try file.append("x") }
  }

  @Test func anUnusableHistoryIsSaidOnceAndLeftAlone() throws {
    try FileManager.default.createDirectory(
      atPath: folder.file("history"), withIntermediateDirectories: false)
    let talk = try Conversation(["say a", "say b"], folder: folder)
    #expect(talk.output.hasPrefix("a\nb\n"))
    #expect(talk.errors.split(separator: "\n").count == 1)
    #expect(talk.errors.contains("is not a regular file"))
  }

  @Test func earlierSessionsAreRecalled() throws {
    try file.append("csat,\nnps")
    let talk = try Conversation(["say a"], folder: folder)
    #expect(talk.reader.remembered == ["csat,\nnps", "say a"])
  }

  @Test func standardPlaces() {
    let path = { (environment: [String: String]) in
      HistoryFile.standard(environment: { environment[$0] })?.path
    }
    #expect(path(["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/deskql/history")
    #expect(path(["XDG_STATE_HOME": "s", "HOME": "/h"]) == "/h/.local/state/deskql/history")
    #expect(path(["HOME": "/h"]) == "/h/.local/state/deskql/history")
    #expect(path([:]) == nil)
  }
}
