import Foundation
import Interactive
import Testing

@Suite("Files that are replaced as a whole")
struct OutputFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func theOldFileStaysUntilTheEnd() throws {
    try folder.write("old", to: "r.csv")
    let file = try OutputFile(path: folder.file("r.csv"))
    try file.writer.write("new")
    #expect(try folder.text("r.csv") == "old")
    try file.commit()
    #expect(try folder.text("r.csv") == "new")
    #expect(try folder.names == ["r.csv"])
  }

  @Test func whatIsNotCompletedLeavesNothing() throws {
    try folder.write("old", to: "r.csv")
    do {
      let file = try OutputFile(path: folder.file("r.csv"))
      try file.writer.write("new")
    }
    #expect(try folder.text("r.csv") == "old")
    #expect(try folder.names == ["r.csv"])
  }

  @Test func modeAndLinkAreKept() throws {
    try folder.write("old", to: "r.csv")
    let manager = FileManager.default
    try manager.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.file("r.csv"))
    try manager.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: folder.file("r.csv"))
    let file = try OutputFile(path: folder.file("link"))
    try file.writer.write("new")
    try file.commit()
    #expect(try folder.text("r.csv") == "new")
    #expect(
      try manager.destinationOfSymbolicLink(atPath: folder.file("link")) == folder.file("r.csv"))
    let mode = try manager.attributesOfItem(atPath: folder.file("r.csv"))[.posixPermissions] as? Int
    #expect(mode == 0o640)
  }

  @Test func devicesAreWrittenDirectly() throws {
    let file = try OutputFile(path: "/dev/null")
    try file.writer.write("x")
    try file.commit()
    let full = try OutputFile(path: "/dev/full")
    #expect(throws: OutputError.failed(target: "the file '/dev/full'", code: ENOSPC)) {
      try full.writer.write("x")
    }
  }

  @Test func aFolderIsRefused() throws {
    #expect(throws: OutputError.self) { try OutputFile(path: folder.path) }
    #expect(throws: OutputError.self) { try OutputFile(path: folder.file("none/r.csv")) }
  }

  @Test func aClosedPipeIsAnErrorOfItsOwn() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let writer = OutputWriter(descriptor: ends[1], target: "pipe")
    #expect(throws: OutputError.closedPipe) { try writer.write("x") }
  }

  @Test func shortWritesAndFullPipesAreWaitedFor() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    _ = fcntl(writing, F_SETFL, O_NONBLOCK)
    let sent = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let thread = Thread {
      try? OutputWriter(descriptor: writing, target: "pipe").write(sent)
      close(writing)
    }
    thread.start()
    var received: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 5000)
    while case let count = read(reading, &piece, piece.count), count > 0 {
      received.append(contentsOf: piece[..<count])
    }
    close(reading)
    #expect(received == sent)
  }

  /// In a process of its own, since signals belong to the whole of it.
  @Test func whatHasHappenedIsToldBehindControlC() async {
    await #expect(processExitsWith: .success) {
      ProcessSignals.install(onStop: {}, onLostPage: {})
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      let writer = OutputWriter(descriptor: ends[1], target: "pipe")
      let messages = MessageWriter(writer: writer, screen: nil)
      // Threads of the test's runner take no signals.
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_UNBLOCK, &all, nil)
      raise(SIGINT)
      #expect(throws: OutputError.interrupted) { try writer.write("a result") }
      messages.say("loaded")
      _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
      var received = [UInt8](repeating: 0, count: 100)
      let count = read(ends[0], &received, received.count)
      #expect(String(decoding: received.prefix(max(count, 0)), as: UTF8.self) == "loaded\n")
      // Nobody reads: what would have to wait is given up.
      messages.say(String(repeating: "many words ", count: 1 << 20))
    }
  }
}
